/** What travels between stores and other programs: runs and their points, whatever the format. */

import { UserError } from '../core/errors.ts';
import type { Json } from '../core/ids.ts';
import { isObject } from '../core/is-object.ts';
import type { Provenance, RunState } from '../core/results.ts';
import { type AttemptSummary, runDetail } from '../tracking/queries.ts';
import type { Store } from '../tracking/store.ts';

export interface RunRecord {
  id: string;
  experiment: string;
  tier: string;
  arm: string;
  levels: Record<string, string>;
  seed: number;
  name: string | null;
  tags: readonly string[];
  state: RunState;
  reason: string | null;
  /** Milliseconds since 1970. */
  startedAt: number | null;
  endedAt: number | null;
  config: Record<string, Json>;
  /** Final figures. */
  metrics: Record<string, number>;
  history: RunHistory;
}

/** How the run came about: in another store it is what is told of it, and vouches for nothing. */
interface RunHistory {
  attempts: AttemptSummary[];
  provenance: Provenance | null;
  /** Their bytes stay behind. */
  artifacts: { name: string; sha256: string; bytes: number }[];
}

export interface Point {
  metric: string;
  step: number;
  value: number;
  /** Milliseconds since 1970. */
  time: number;
}

export function recordOf(store: Store, id: string): RunRecord {
  const run = runDetail(store, id);
  const cell = run.cell as unknown as { name?: unknown; config: Record<string, Json> };
  return {
    id: run.id,
    experiment: run.experiment,
    tier: run.tier,
    arm: run.arm,
    levels: run.levels,
    seed: run.seed,
    name: typeof cell.name === 'string' ? cell.name : null,
    tags: run.tags,
    state: run.state,
    reason: run.reason,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    config: cell.config,
    metrics: run.metrics,
    history: {
      attempts: run.attemptList,
      provenance: run.provenance,
      artifacts: run.artifacts.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
    },
  };
}

/** Checks what a file says of a run, field by field; absent fields are left to the importer. Throws one line. */
export function parseRecord(value: unknown, where: string): Partial<RunRecord> {
  if (!isObject(value)) throw wrongField(where, 'a run', 'an object', value);
  for (const [field, [kind, fits]] of Object.entries(FIELDS)) {
    const given = value[field];
    if (given !== undefined && given !== null && !fits(given)) throw wrongField(where, field, kind, given);
  }
  const known = Object.entries(value).filter(([field, given]) => field in FIELDS && given !== null);
  return Object.fromEntries(known) as Partial<RunRecord>;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isTime = (value: unknown): boolean => Number.isFinite(value);
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isNumbers = (value: unknown): boolean =>
  isObject(value) && Object.values(value).every(one => typeof one === 'number');
const STATES = ['pending', 'running', 'finished', 'failed', 'killed', 'crashed', 'unreachable'];

const FIELDS: Record<string, [kind: string, fits: (value: unknown) => boolean]> = {
  id: ['a text', isText],
  experiment: ['a text', isText],
  arm: ['a text', isText],
  levels: ['an object of texts', value => isObject(value) && Object.values(value).every(isText)],
  seed: ['a whole number', Number.isSafeInteger],
  name: ['a text', isText],
  tags: ['a list of texts', isTexts],
  state: ['a state of a run', value => STATES.includes(value as string)],
  reason: ['a text', isText],
  startedAt: ['milliseconds since 1970', isTime],
  endedAt: ['milliseconds since 1970', isTime],
  config: ['an object', isObject],
  metrics: ['an object of numbers', isNumbers],
  history: ['an object', isObject],
};

export const wrongField = (where: string, field: string, expected: string, got: unknown): UserError =>
  new UserError(`${where}: ${field}: expected ${expected}, got ${JSON.stringify(got)?.slice(0, 60) ?? 'nothing'}.`);

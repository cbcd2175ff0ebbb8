import { isObject } from '../core/is-object.ts';
import type { JournalEvent } from '../core/journal.ts';
import { pathProblem } from '../core/safe-path.ts';

type Kind = 'text' | 'count' | 'value' | 'values' | 'cell' | 'object' | 'path' | 'end state' | 'text or nothing';

/** Journals may come from writers in other languages: what each event must hold before it becomes rows. */
const FIELDS: { [type: string]: Record<string, Kind> } = {
  attempt: { attempt: 'count', pid: 'count', processStart: 'text', host: 'text', fromStep: 'count' },
  cell: { cell: 'cell' },
  provenance: { provenance: 'object' },
  points: { step: 'count', values: 'values' },
  metric: { name: 'text', value: 'value' },
  artifact: { name: 'path', path: 'path', sha256: 'text', bytes: 'count' },
  heartbeat: { step: 'count' },
  end: { state: 'end state', step: 'count', reason: 'text or nothing' },
};

const isText = (value: unknown): boolean => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isValue = (value: unknown): boolean =>
  typeof value === 'number' || value === null || value === 'NaN' || value === 'Infinity' || value === '-Infinity';

const CHECKS: Record<Kind, (value: unknown) => boolean> = {
  text: isText,
  count: isCount,
  value: isValue,
  values: value => isObject(value) && Object.values(value).every(isValue),
  cell: isCell,
  object: isObject,
  path: value => typeof value === 'string' && pathProblem(value) === null,
  'end state': value => ['finished', 'failed', 'killed', 'crashed'].includes(value as string),
  'text or nothing': value => value === undefined || typeof value === 'string',
};

/** What is wrong with the event in one line, or null. Unknown types are right: a later version may add some. */
export function eventProblem(event: JournalEvent): string | null {
  const fields: Record<string, Kind> = FIELDS[event.type] ?? {};
  for (const name in fields) {
    const kind = fields[name] as Kind;
    const value = (event as unknown as Record<string, unknown>)[name];
    if (!CHECKS[kind](value)) return problem(event, name, kind, value);
  }
  return null;
}

function isCell(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.config) || !isObject(value.levels) || !isObject(value.execution))
    return false;
  const texts = [
    value.experiment,
    value.tier,
    value.arm,
    value.specHash,
    value.codeHash,
    value.dataHash,
    value.identity,
  ];
  return texts.every(isText) && Number.isSafeInteger(value.seed) && isCount(value.config.steps);
}

function problem(event: JournalEvent, name: string, kind: Kind, value: unknown): string {
  const got = JSON.stringify(value)?.slice(0, 60) ?? 'nothing';
  return `an event of type "${event.type}" was left out: expected its "${name}" to be a ${kind}, got ${got}.`;
}

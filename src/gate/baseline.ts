/** A pinned result: `baselines/NAME.json`, reviewed like code. */
import { EXIT, UserError } from '../core/errors.ts';
import type { GateThreshold } from '../core/experiment.ts';
import { canonicalJson, hashOf } from '../core/ids.ts';
import { oddField } from './baseline-schema.ts';
import { type Measured, seedsOf } from './measured.ts';

const BASELINE_SCHEMA = 1;

export interface Baseline extends Measured {
  schema: typeof BASELINE_SCHEMA;
  name: string;
  /** ISO 8601. */
  savedAt: string;
  /** Where it was saved: null outside a git checkout; whether that had changes beyond the commit. Older files do not say. */
  commit?: string | null;
  dirty?: boolean;
  /** As they were when it was saved: who wants others saves it anew, where a reviewer sees it. */
  thresholds: readonly GateThreshold[];
  /** SHA-256 over the canonical JSON of all other fields. */
  checksum: string;
}

export type BaselineContent = Omit<Baseline, 'checksum' | 'schema'>;

export function sealBaseline(content: BaselineContent): Baseline {
  const body = { schema: BASELINE_SCHEMA, ...content } as const;
  return { ...body, checksum: hashOf(body) };
}

/** Sorted keys, a figure a line. */
export function formatBaseline(baseline: Baseline): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(baseline)), null, 2)}\n`;
}

/** Throws one line (exit code 4) if the text is not a whole and unaltered baseline that we know how to read. */
export function parseBaseline(text: string, file: string): Baseline {
  const value = parseJson(text, file);
  const { schema, checksum, ...rest } = value;
  if (typeof schema !== 'number') throw unusable(file, 'expected a baseline with a field "schema", got none');
  if (schema > BASELINE_SCHEMA)
    throw unusable(file, `expected schema ${BASELINE_SCHEMA}, got the newer ${schema}: this needs a newer bench`);
  const found = hashOf({ schema, ...rest });
  if (checksum !== found)
    throw unusable(
      file,
      'its checksum does not match its content: it was edited by hand. Save it again, or restore it',
    );
  const odd = oddField(rest);
  if (odd !== null) throw unusable(file, odd);
  return value as unknown as Baseline;
}

/** Seeds that every arm has. */
export function seedCount({ identity }: Pick<Baseline, 'identity'>): number {
  const counts = Object.values(identity).map(bySeed => seedsOf(bySeed).length);
  return counts.length === 0 ? 0 : Math.min(...counts);
}

function parseJson(text: string, file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw unusable(file, `expected JSON, got ${text.length} characters that end too early or are not JSON`, cause);
  }
  throw unusable(file, 'expected an object');
}

const unusable = (file: string, problem: string, cause?: unknown): UserError =>
  new UserError(`baseline ${file}: ${problem}.`, { exitCode: EXIT.noData, cause });

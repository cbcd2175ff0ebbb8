/** Published records: the verdicts of an experiment, frozen in reports/records/. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { array, type InferOutput, nullable, number, object, picklist, safeParse, string, tuple } from 'valibot';
import { describeError, UserError } from '../core/errors.ts';
import { packageRoot } from '../core/places.ts';

const VERDICT = picklist(['confirmed', 'refuted', 'inconclusive']);
/** What is read of it; a record holds more. */
const RECORD = object({
  verdict: VERDICT,
  claims: array(
    object({
      id: string(),
      verdict: VERDICT,
      effect: nullable(number()),
      interval: nullable(tuple([number(), number()])),
    }),
  ),
});

export type VerdictRecord = InferOutput<typeof RECORD>;

/** Of the current folder, then of the package; null: the experiment has none. */
export function readRecord(experiment: string): VerdictRecord | null {
  const folders = [resolve('reports/records'), join(packageRoot, 'reports/records')];
  const path = folders.map(folder => join(folder, `${experiment}.json`)).find(existsSync);
  return path === undefined ? null : parseRecord(path);
}

function parseRecord(path: string): VerdictRecord {
  const result = safeParse(RECORD, readJson(path));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = issue.path?.map(part => String(part.key)).join('.') ?? 'the whole';
  throw new UserError(
    `${path}: field ${field}: expected ${issue.expected}, got ${issue.received}. \`bench run --json\` prints the form of a record.`,
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UserError(`${path}: is no JSON (${describeError(error)}).`, { cause: error });
  }
}

/** Where records lie: reports/records/ of the current folder, then of the package. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { safeParse } from 'valibot';
import { writeFileAtomically } from '../../core/atomic-file.ts';
import { describeError, UserError } from '../../core/errors.ts';
import { packageRoot } from '../../core/places.ts';
import { printCompactly } from './print-compactly.ts';
import { type ExperimentRecord, RECORD } from './record.ts';

const FOLDER = 'reports/records';

/** From the working folder, as it is printed. */
export const recordPath = (experiment: string): string => join(FOLDER, `${experiment}.json`);

/** Null: the experiment has none. */
export function readRecord(experiment: string): ExperimentRecord | null {
  const places = [resolve(recordPath(experiment)), join(packageRoot, recordPath(experiment))];
  const path = places.find(existsSync);
  return path === undefined ? null : parseRecord(path);
}

/** Gives the path. */
export function writeRecord(record: ExperimentRecord): string {
  const path = resolve(recordPath(record.experiment));
  mkdirSync(dirname(path), { recursive: true });
  writeFileAtomically(path, [Buffer.from(`${printCompactly(record)}\n`)]);
  return path;
}

function parseRecord(path: string): ExperimentRecord {
  const result = safeParse(RECORD, readJson(path));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = issue.path?.map(part => String(part.key)).join('.') ?? 'the whole';
  throw new UserError(
    `${path}: field ${field}: expected ${issue.expected}, got ${issue.received}. \`bench record\` writes it anew.`,
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UserError(`${path}: is no JSON (${describeError(error)}).`, { cause: error });
  }
}

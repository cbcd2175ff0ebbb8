import { dirname, relative } from 'node:path';
import { UserError } from '../core/errors.ts';
import { parseExportedRecord, parseJson } from './from-jsonl.ts';
import type { RunRecord } from './run-record.ts';
import { type FoundPoint, PAGE_POINTS, type Source } from './source.ts';
import { sourceFiles } from './source-files.ts';
import { DTYPE, decodeEvent, type EventMessage, type TensorMessage, type ValueMessage } from './tf-event.ts';
import { readRecords } from './tf-record.ts';
import { RECORD_TAG } from './to-tensorboard.ts';

export const tensorboardFiles = (path: string): string[] => sourceFiles(path, name => name.includes('tfevents'));

/** Every folder with event files is a run, as in TensorBoard. Scalars of both forms are read: `simple_value` (32 bits) and tensors. */
export async function* fromTensorboard(path: string): Source {
  const files = tensorboardFiles(path);
  if (files.length === 0) throw new UserError(`${path}: expected files with "tfevents" in their names, got none.`);
  const known = new Set<string>();
  for (const file of files) {
    const key = relative(path, dirname(file)) || '.';
    yield* eventsOf(file, key, !known.has(key));
    known.add(key);
  }
}

async function* eventsOf(file: string, key: string, isFirst: boolean): Source {
  let page: FoundPoint[] = [];
  let passedOver = 0;
  let isKnown = !isFirst;
  for (const bytes of readRecords(file)) {
    const event = decodeEvent(bytes, file);
    for (const value of event.summary?.value ?? []) {
      const record = value.tag === RECORD_TAG ? recordIn(file, value) : null;
      if (!isKnown) yield { key, record: record ?? {} };
      isKnown = true;
      const point = record === null ? pointOf(event, value) : null;
      if (point !== null) page.push(point);
      else if (record === null) passedOver++;
    }
    if (page.length < PAGE_POINTS) continue;
    yield { key, points: page };
    page = [];
  }
  if (page.length > 0) yield { key, points: page };
  if (passedOver > 0) yield { key, passedOver };
}

function pointOf(
  { step = 0, wall_time = 0 }: EventMessage,
  { tag = '', simple_value, tensor }: ValueMessage,
): FoundPoint | null {
  const value = simple_value ?? (tensor && scalarOf(tensor));
  if (value === undefined || !Number.isFinite(wall_time)) return null;
  return { metric: tag, step, value, time: Math.round(wall_time * 1000) };
}

/** Undefined for pictures, texts, histograms. A value that is left out is 0. Our own exports have 64 bits beside the 32. */
function scalarOf({ dtype, tensor_shape, tensor_content, float_val, double_val }: TensorMessage): number | undefined {
  if ((tensor_shape?.dim?.length ?? 0) > 0 || (dtype !== DTYPE.float && dtype !== DTYPE.double)) return undefined;
  const bytes = Buffer.from(tensor_content ?? []);
  if (dtype === DTYPE.float)
    return bytes.length === 4 ? bytes.readFloatLE(0) : (double_val?.[0] ?? float_val?.[0] ?? 0);
  return bytes.length === 8 ? bytes.readDoubleLE(0) : (double_val?.[0] ?? 0);
}

function recordIn(file: string, { tensor }: ValueMessage): Partial<RunRecord> {
  const where = `${file}, ${RECORD_TAG}`;
  return parseExportedRecord(where, parseJson(where, Buffer.from(tensor?.string_val?.[0] ?? []).toString('utf8')));
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { safeName } from '../core/safe-path.ts';
import { FileWriter } from './file-writer.ts';
import type { Point, RunRecord } from './run-record.ts';
import type { ExportTarget } from './target.ts';
import { DATA_CLASS, DTYPE, type EventMessage, encodeEvent } from './tf-event.ts';
import { encodeRecord } from './tf-record.ts';
import { recordJson } from './to-jsonl.ts';

/** The text summary that holds what the run is: TensorBoard shows it, and an import reads it back. */
export const RECORD_TAG = 'convbench/run';

/**
 * A folder a run with one event file. A value is a tensor of 32 bits, as TensorBoard's server wants a scalar (of 64 bits it
 * shows none), that holds the 64 bits too, in a field that readers of 32 bits pass over.
 */
export function toTensorboard(folder: string): ExportTarget {
  let file: RunFile | undefined;
  return {
    run: record => {
      file?.close();
      file = new RunFile(folder, record);
    },
    points: (_run, points) => {
      for (const point of points) file?.add(point);
    },
    finish: () => file?.close(),
  };
}

class RunFile {
  readonly #file: FileWriter;
  /** A tag says once what it is. */
  readonly #tags = new Set<string>();

  constructor(folder: string, record: RunRecord) {
    const path = join(folder, safeName('run', record.id));
    mkdirSync(path, { mode: 0o700 });
    const seconds = (record.startedAt ?? 0) / 1000;
    this.#file = new FileWriter(join(path, `events.out.tfevents.${Math.floor(seconds)}.convbench`));
    this.#write({ wall_time: seconds, file_version: 'brain.Event:2' });
    this.#write({ wall_time: seconds, step: 0, summary: { value: [textValue(recordJson(record))] } });
  }

  add({ metric, step, value, time }: Point): void {
    const metadata = this.#tags.has(metric) ? {} : { metadata: SCALAR };
    this.#tags.add(metric);
    const tensor = { dtype: DTYPE.float, tensor_shape: {}, float_val: [value], double_val: [value] };
    this.#write({ wall_time: time / 1000, step, summary: { value: [{ tag: metric, tensor, ...metadata }] } });
  }

  close(): void {
    this.#file.close();
  }

  #write(event: EventMessage): void {
    this.#file.write(encodeRecord(encodeEvent(event)));
  }
}

const SCALAR = { plugin_data: { plugin_name: 'scalars' }, data_class: DATA_CLASS.scalar };

const textValue = (text: string) => ({
  tag: RECORD_TAG,
  tensor: { dtype: DTYPE.string, tensor_shape: {}, string_val: [Buffer.from(text)] },
  metadata: { plugin_data: { plugin_name: 'text' }, data_class: DATA_CLASS.tensor },
});

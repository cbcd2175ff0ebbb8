import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ImportFormat, importRuns } from '../../../src/exchange/import.ts';
import { encodeEvent } from '../../../src/exchange/tf-event.ts';
import { encodeRecord } from '../../../src/exchange/tf-record.ts';
import { mutated } from '../mutated.ts';
import { inFolder } from '../scratch.ts';
import type { FuzzTarget } from '../target.ts';

/** Files of other programs: read, and written as journals of ours. */
const FILES = {
  csv: {
    name: 'points.csv',
    bytes: 'run,metric,step,value,time\na,loss,1,2.5,1e12\na,"x ""y""",2,NaN,\nb,loss,1,1,\n',
  },
  jsonl: {
    name: 'points.jsonl',
    bytes: '{"run":"a","metric":"loss","step":1,"value":2.5,"time":1e12}\n{"metric":"loss","step":2,"value":NaN}\n',
  },
  wandb: {
    name: 'history.jsonl',
    bytes: '{"_step":0,"_timestamp":1e9,"loss":2.5,"val":{"acc":0.5}}\n{"_step":1,"loss":Infinity,"name":"x"}\n',
  },
  tensorboard: { name: 'events.out.tfevents.1', bytes: events() },
} as const satisfies Partial<Record<ImportFormat, { name: string; bytes: string | Buffer }>>;

export function importTarget(format: keyof typeof FILES): FuzzTarget {
  const { name, bytes } = FILES[format];
  const read = (input: Buffer): Promise<unknown> =>
    inFolder(folder => {
      writeFileSync(join(folder, name), input);
      return importRuns(join(folder, name), { format, python: 'python3', dir: folder });
    });
  return { inputs: mutated([Buffer.from(bytes)]), weight: 1, read };
}

function events(): Buffer {
  const value = (tag: string, simple_value: number) => ({ tag, simple_value });
  const messages = [
    { wall_time: 1e9, file_version: 'brain.Event:2' },
    { wall_time: 1e9, step: 1, summary: { value: [value('loss', 2.5), value('error', 0.5)] } },
    { wall_time: 1e9 + 1, step: 2, summary: { value: [value('loss', Number.NaN)] } },
  ];
  return Buffer.concat(messages.map(message => encodeRecord(encodeEvent(message))));
}

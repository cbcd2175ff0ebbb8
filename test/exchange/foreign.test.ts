/** Files as other programs write them, right and wrong. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { type ImportFormat, importRuns } from '../../src/exchange/import.ts';
import { type EventMessage, encodeEvent } from '../../src/exchange/tf-event.ts';
import { encodeRecord, maskedCrc } from '../../src/exchange/tf-record.ts';
import { newPlace, type Place } from '../tracking/journals.ts';
import { contentOf } from './content.ts';
import { recorded } from './made-up.ts';

function write(place: Place, files: Record<string, string | Buffer>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(place.dir, 'in', name)), { recursive: true });
    writeFileSync(join(place.dir, 'in', name), content);
  }
  return join(place.dir, 'in', Object.keys(files).length === 1 ? (Object.keys(files)[0] as string) : '');
}

async function imported(format: ImportFormat, files: Record<string, string | Buffer>, experiment?: string) {
  const place = newPlace();
  const summary = await importRuns(write(place, files), { format, experiment, python: 'python3', dir: place.dir });
  return { summary, runs: contentOf(recorded(place)) };
}

const curve = (run: { points: { metric: string; step: number; value: number }[] } | undefined, metric: string) =>
  run?.points.filter(point => point.metric === metric).map(({ step, value }) => [step, value]);

test('W&B history: nested figures, words and bare words for what JSON lacks, pictures passed over', async () => {
  const history = [
    '{"_step": 0, "_timestamp": 1700000000.25, "_runtime": 1.5, "loss": 2.5, "val": {"acc": 0.5}}',
    '{"_step": 5, "_timestamp": 1700000001.5, "loss": NaN, "text": "NaN, Infinity: kept", "hist": {"_type": "histogram", "bins": [1]}}',
    '{"loss": "-Infinity", "_timestamp": 1700000002}',
    '',
    '{"loss": -Infinity, "none": null}',
  ].join('\n');
  const { summary, runs } = await imported('wandb', { 'lucky-sea-1.jsonl': history }, 'sea');
  expect(summary).toMatchObject({ points: 5, passedOver: 2 });
  expect(runs).toMatchObject([
    { experiment: 'sea', arm: 'lucky-sea-1', state: 'finished', startedAt: 1_700_000_000_250 },
  ]);
  expect(curve(runs[0], 'loss')).toEqual([
    [0, 2.5],
    [5, Number.NaN],
    [6, Number.NEGATIVE_INFINITY],
    [7, Number.NEGATIVE_INFINITY],
  ]);
  expect(curve(runs[0], 'val.acc')).toEqual([[0, 0.5]]);
});

test('W&B: configuration and summary beside the history', async () => {
  const { runs } = await imported('wandb', {
    'history.jsonl': '{"loss": 1}\n{"loss": 0.5}\n',
    'config.json': '{"lr": 0.1, "steps": "many"}',
    'wandb-summary.json': '{"best": 0.25, "_runtime": 3}',
  });
  expect(runs[0]).toMatchObject({ config: { lr: 0.1, 'imported.steps': 'many' }, metrics: { best: 0.25, loss: 0.5 } });
});

test('CSV with a column for each metric', async () => {
  const text =
    '\ufeffepoch,step,train_loss,"acc, %",time\r\n0,10,1.5,,1700000000\r\n1,20,nan,-INF,2023-11-14T22:13:21Z\r\n';
  const { runs } = await imported('csv', { 'metrics.csv': text });
  expect(curve(runs[0], 'train_loss')).toEqual([
    [10, 1.5],
    [20, Number.NaN],
  ]);
  expect(curve(runs[0], 'acc, %')).toEqual([[20, Number.NEGATIVE_INFINITY]]);
  expect(runs[0]?.points.map(point => point.time - 1_700_000_000_000)).toEqual(
    [1000, 0, 1000, 0, 1000].slice(0, runs[0]?.points.length),
  );
});

test('CSV of points of several runs', async () => {
  const text = 'run,metric,step,value,time\na,loss,1,2,5000\nb,loss,1,3,6000\na,loss,2,1,7000\n';
  const { runs } = await imported('csv', { 'many.csv': text });
  expect(runs.map(run => [run.arm, curve(run, 'loss')]).toSorted()).toEqual([
    [
      'a',
      [
        [1, 2],
        [2, 1],
      ],
    ],
    ['b', [[1, 3]]],
  ]);
});

const eventFile = (events: EventMessage[]): Buffer =>
  Buffer.concat(events.map(event => encodeRecord(encodeEvent(event))));
const scalar = (step: number, value: number): EventMessage => ({
  wall_time: 1_700_000_000 + step,
  step,
  summary: { value: [{ tag: 'loss', simple_value: value }] },
});

test('TensorBoard: 32-bit scalars, a file that is still being written, folders as runs', async () => {
  const whole = eventFile([{ wall_time: 1, file_version: 'brain.Event:2' }, scalar(1, 0.5), scalar(2, Number.NaN)]);
  const { runs } = await imported('tensorboard', {
    'run/train/events.out.tfevents.1': whole,
    'run/val/events.out.tfevents.1': Buffer.concat([whole, eventFile([scalar(3, 1)]).subarray(0, -3)]),
    'run/val/events.out.tfevents.2': eventFile([scalar(3, Number.POSITIVE_INFINITY)]),
  });
  expect(runs.map(run => [run.arm, curve(run, 'loss')]).toSorted()).toEqual([
    [
      'run/train',
      [
        [1, 0.5],
        [2, Number.NaN],
      ],
    ],
    [
      'run/val',
      [
        [1, 0.5],
        [2, Number.NaN],
        [3, Number.POSITIVE_INFINITY],
      ],
    ],
  ]);
});

test('the checksum of TFRecord is that of TensorFlow', () => {
  // RFC 3720, B.4: 32 zero bytes have CRC-32C 8a9136aa; rotated by 15 bits, plus a282ead8.
  const crc = 0x8a9136aa;
  expect(maskedCrc(Buffer.alloc(32))).toBe((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0);
});

test.each<[string, ImportFormat, Record<string, string | Buffer>, RegExp]>([
  ['nothing there', 'csv', {}, /could not be read/],
  ['no CSV', 'csv', { 'a.csv': 'a,b\n"1' }, /expected CSV, got: .*[Qq]uote/],
  ['a row of another length', 'csv', { 'a.csv': 'step,loss\n1,2\n1,2,3\n' }, /expected CSV, got: .*[Rr]ecord/],
  ['no step', 'csv', { 'a.csv': 'a,b\n1,2\n' }, /expected columns metric, step and value/],
  ['a text for a number', 'csv', { 'a.csv': 'step,loss\n1,two\n' }, /row 2, loss: expected a number, got "two"/],
  ['a word of JavaScript', 'csv', { 'a.csv': 'step,loss\n1,constructor\n' }, /expected a number, got "constructor"/],
  ['hexadecimal', 'csv', { 'a.csv': 'step,loss\n0x10,2\n' }, /row 2, step: expected a number, got "0x10"/],
  ['the same column twice', 'csv', { 'a.csv': 'step,a,a\n1,2,3\n' }, /columns of different names/],
  ['a step between', 'csv', { 'a.csv': 'step,loss\n1.5,2\n' }, /expected a step that is a whole number.*got 1\.5/],
  ['a negative step', 'jsonl', { 'p.jsonl': '{"metric":"a","step":-1,"value":1}' }, /expected a step/],
  ['no JSON', 'jsonl', { 'p.jsonl': '{"metric":' }, /p\.jsonl, line 1: expected JSON/],
  ['a list', 'wandb', { 'h.jsonl': '{}\n[1]' }, /h\.jsonl, line 2: line: expected an object, got \[1\]/],
  [
    'a value that is none',
    'jsonl',
    { 'p.jsonl': '{"metric":"a","step":1,"value":"1"}' },
    /line 1: value: expected a number/,
  ],
  ['no events', 'tensorboard', { 'a.csv': '', 'b.csv': '' }, /expected files with "tfevents"/],
  [
    'another file under that name',
    'tensorboard',
    { 'x.tfevents.1': 'not a TensorBoard file at all' },
    /byte 0: expected a record/,
  ],
  [
    'an event that is none',
    'tensorboard',
    { 'x.tfevents.1': encodeRecord(Buffer.from([0x0a, 0xff])) },
    /expected an event of TensorBoard/,
  ],
  [
    'a seed that is none',
    'jsonl',
    { 'runs.jsonl': '{"id":"a","seed":"1"}', 'points.jsonl': '' },
    /line 1: seed: expected a whole number/,
  ],
  [
    'a name with an escape',
    'jsonl',
    { 'runs.jsonl': '{"id":"a","arm":"\\u001b[31m"}', 'points.jsonl': '' },
    /field arm/,
  ],
])('%s (%s) is one line, and nothing is left behind', async (_what, format, files, message) => {
  const place = newPlace();
  const path = Object.keys(files).length === 0 ? join(place.dir, 'nowhere') : write(place, files);
  const error = await importRuns(path, { format, python: 'python3', dir: place.dir }).catch(thrown => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toMatch(message);
  expect(error.message).not.toContain('\n');
  expect(existsSync(place.runs)).toBe(false);
  expect(existsSync(place.dir) ? readdirSync(place.dir).filter(name => name.startsWith('importing')) : []).toEqual([]);
});

test('what would fill the memory is refused: too many names, a line without end, objects without end', async () => {
  const names = Array.from({ length: 100_002 }, (_, i) => `m${i},1,1`).join('\n');
  await expect(imported('csv', { 'a.csv': `metric,step,value\n${names}` })).rejects.toThrow(/at most 100000 metrics/);
  await expect(imported('wandb', { 'a.jsonl': 'a'.repeat(5_000_000) })).rejects.toThrow(/lines of at most/);
  await expect(imported('wandb', { 'a.jsonl': '['.repeat(4_000_000) })).rejects.toThrow(/line 1: expected JSON/);
  await expect(imported('csv', { 'a.csv': `"${'a'.repeat(3_000_000)}` })).rejects.toThrow(/expected CSV/);
  const groups = encodeRecord(Buffer.alloc(1_000_000, 0x0b));
  await expect(imported('tensorboard', { 'a.tfevents.1': groups })).rejects.toThrow(/expected an event/);
});

test('a metric called __proto__ is one like others', async () => {
  const { runs } = await imported('jsonl', {
    'p.jsonl': '{"metric":"a","step":1,"value":1}\n{"metric":"__proto__","step":1,"value":2}\n',
  });
  expect(curve(runs[0], '__proto__')).toEqual([[1, 2]]);
});

test('an id that is a path stays inside', async () => {
  const files = {
    'runs.jsonl': '{"id":"../../outside","arm":"a"}',
    'points.jsonl': '{"run":"../../outside","metric":"a","step":1,"value":1}',
  };
  const { runs } = await imported('jsonl', files);
  expect(runs[0]?.id).toMatch(/^[0-9a-f]{12}$/);
});

test('links in a folder are not followed', async () => {
  const place = newPlace();
  const path = write(place, { 'a/x.tfevents.1': eventFile([scalar(1, 1)]), 'b/readme': '' });
  symlinkSync(join(path, 'a'), join(path, 'b/link'));
  const { runs } = await importRuns(path, { format: 'tensorboard', python: 'python3', dir: place.dir });
  expect(runs).toHaveLength(1);
});

test('whatever byte is changed, an import works or says one line', async () => {
  const place = newPlace();
  const sources: [ImportFormat, string, Buffer][] = [
    ['csv', 'a.csv', Buffer.from('run,metric,step,value,time\na,loss,1,0.5,5000\n"b",loss,2,NaN,6000\n')],
    ['jsonl', 'a.jsonl', Buffer.from('{"run":"a","metric":"loss","step":1,"value":"NaN","time":5}\n')],
    ['wandb', 'a.jsonl', Buffer.from('{"_step":1,"_timestamp":1.5,"loss":NaN,"val":{"acc":1e-3}}\n')],
    ['tensorboard', 'a.tfevents.1', eventFile([scalar(1, 0.5), scalar(2, 0.25)])],
  ];
  let tried = 0;
  for (const [format, name, bytes] of sources) {
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ flip;
        const path = write(place, { [name]: changed });
        const error = await importRuns(path, { format, python: 'python3', dir: place.dir }).catch(thrown => thrown);
        if (error instanceof Error) expect(error, `${name} byte ${at}: ${error.stack}`).toBeInstanceOf(UserError);
        tried++;
      }
    }
  }
  expect(tried).toBeGreaterThan(500);
  recorded(place);
});

test('a journal that was imported is the same from a copy of the source elsewhere', async () => {
  const [one, two] = [newPlace(), newPlace()];
  const path = write(one, { 'a.csv': 'step,loss\n1,2\n' });
  mkdirSync(two.dir, { recursive: true });
  cpSync(path, join(two.dir, 'a.csv'));
  const options = { format: 'csv' as const, python: 'python3' };
  const first = await importRuns(path, { ...options, dir: one.dir });
  const second = await importRuns(join(two.dir, 'a.csv'), { ...options, dir: two.dir });
  expect(second.runs).toEqual(first.runs);
  expect(readFileSync(join(one.runs, first.runs[0] ?? '', 'journal')).length).toBeGreaterThan(100);
});

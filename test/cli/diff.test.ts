import { expect, test } from 'vitest';
import type { Json } from '../../src/core/ids.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import { finishedRun, makeCell, point } from '../tracking/events.ts';
import { bench, newPlace, type Place, writeJournal } from '../tracking/journals.ts';

const provenance = (changes: { code?: object; machine?: object } = {}): JournalEvent => ({
  type: 'provenance',
  time: 1,
  provenance: {
    code: { commit: 'c0ffee0', dirty: true, codeHash: 'same', lockfileHash: 'l', ...changes.code },
    data: { dataset: 'mnist', fingerprint: 'f' },
    machine: { cpu: 'one', cores: 2, ...changes.machine },
    execution: { variables: { OMP_NUM_THREADS: '1' } },
    command: 'bench run x',
  } as unknown as Json,
});

const figure = (name: string, value: number): JournalEvent => ({ type: 'metric', time: 1, name, value });

function place(second: JournalEvent[]): Place {
  const place = newPlace();
  const first = finishedRun('a00000000001', {}, provenance(), figure('test.top1', 0.1), figure('imagesPerSecond', 100));
  writeJournal(place, 'a00000000001', first);
  writeJournal(place, 'b00000000002', second);
  return place;
}

test('two runs that differ in speed, host, and in a commit with the same code, are the same', async () => {
  const second = finishedRun(
    'b00000000002',
    {},
    provenance({ code: { commit: 'decade0' }, machine: { hostname: 'another' } }),
    figure('test.top1', 0.1),
    figure('imagesPerSecond', 120),
  );
  const { stdout, stderr, code } = await bench(place(second), 'diff', 'a', 'b');
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(stdout).toBe('a00000000001 and b00000000002: the same in all that was recorded, speed and memory apart.\n');
});

test('each part that differs is shown, and the first step at which a curve does', async () => {
  const config = { ...makeCell().config, batch: 64 };
  const second = finishedRun(
    'b00000000002',
    { seed: 2, config },
    provenance({ code: { codeHash: 'other' }, machine: { cpu: 'two' } }),
    figure('test.top1', 0.1000001),
    figure('imagesPerSecond', 120),
    point(2, 0.75),
    point(4, 'NaN'),
  );
  const where = place(second);
  const { stdout, code } = await bench(where, 'diff', 'a', 'b');
  expect(code).toBe(1);
  for (const line of [
    /^a00000000001 → b00000000002$/m,
    /^ {2}seed +1 → 2$/m,
    /^ {2}batch +128 → 64$/m,
    /^ {2}code\.codeHash +same → other$/m,
    /^ {2}patch +commit c0ffee0 of run a00000000001 is not in this checkout$/m,
    /^ {2}machine\.cpu +one → two$/m,
    /^ {2}test\.top1 +0\.1 → 0\.1000001$/m,
    /^ {2}train\.loss +from step 2: 0\.5 → 0\.75 \(2 of 3 shared steps agree\)$/m,
    /^measured \(does not count\)\n {2}imagesPerSecond +100 → 120$/m,
  ]) {
    expect(stdout).toMatch(line);
  }
  const json = await bench(where, 'diff', 'a', 'b', '--json');
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({
    runs: ['a00000000001', 'b00000000002'],
    same: false,
    environment: [{ what: 'machine.cpu', first: 'one', second: 'two' }],
    curves: [{ metric: 'train.loss', step: 2, first: 0.5, second: 0.75 }],
    patch: null,
    noPatch: expect.stringMatching(/is not in this checkout/),
  });
});

test('a run that is not there is one line', async () => {
  const { code, stderr } = await bench(place([]), 'diff', 'a', 'c');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^bench: no run whose id begins with "c".*\n$/);
});

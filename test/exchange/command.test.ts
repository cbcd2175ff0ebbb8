import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench, newPlace } from '../tracking/journals.ts';
import { VALUES } from './content.ts';
import { writeRuns } from './made-up.ts';

const POINTS = 2 * VALUES.length + 1;

test('bench export and bench import take an experiment to another store', async () => {
  const [here, there] = [newPlace(), newPlace()];
  const ids = writeRuns(here);
  const out = join(here.dir, 'out');
  const exported = await bench(here, 'export', '--experiment', 'shortcuts', '--to', 'csv', '--out', out, '--json');
  expect(exported).toMatchObject({ stderr: '', code: 0 });
  expect(JSON.parse(exported.stdout)).toEqual({ format: 'csv', out, runs: 4, points: 4 * POINTS });
  const imported = await bench(there, 'import', out, '--from', 'csv');
  expect(imported).toMatchObject({ stderr: '', code: 0, stdout: `4 runs, ${4 * POINTS} points\n` });
  const again = await bench(there, 'import', out, '--from', 'csv');
  expect(again.stdout).toBe('0 runs, 0 points; 4 runs are here already\n');
  const listed = await bench(there, 'list', '--json');
  expect(
    JSON.parse(listed.stdout)
      .map((run: { id: string }) => run.id)
      .toSorted(),
  ).toEqual(ids);
});

test('runs are named by the beginning of their ids', async () => {
  const place = newPlace();
  writeRuns(place);
  const out = join(place.dir, 'out');
  const { stdout } = await bench(place, 'export', '00000000000a', '00000000000b', '--to', 'tensorboard', '--out', out);
  expect(stdout).toBe(`${out}: 2 runs, ${2 * POINTS} points\n`);
  expect(readdirSync(out)).toEqual(['00000000000a', '00000000000b']);
});

test.each([
  [
    'neither runs nor a query',
    ['export', '--to', 'csv', '--out', 'OUT'],
    'expected either ids of runs, or --experiment',
  ],
  ['both', ['export', 'a', '--experiment', 'e', '--to', 'csv', '--out', 'OUT'], 'expected either ids of runs'],
  ['an experiment without runs', ['export', '--experiment', 'e', '--to', 'csv', '--out', 'OUT'], 'no run is meant'],
  ['an unknown format', ['export', 'a', '--to', 'xml', '--out', 'OUT'], 'Allowed choices are tensorboard, mlflow'],
  ['a file that is not there', ['import', 'OUT', '--from', 'wandb'], 'could not be read'],
])('%s is one line', async (_what, args, message) => {
  const place = newPlace();
  writeRuns(place);
  const out = join(place.dir, 'out');
  const { code, stdout, stderr } = await bench(place, ...args.map(arg => (arg === 'OUT' ? out : arg)));
  expect([stdout, stderr.trim().split('\n').length]).toEqual(['', 1]);
  expect(stderr).toContain(message);
  expect(code).toBeGreaterThan(1);
  expect(existsSync(out)).toBe(false);
});

test('a source without a run is one line, and makes nothing', async () => {
  const place = newPlace();
  const file = join(place.dir, 'empty.csv');
  mkdirSync(place.dir, { recursive: true });
  writeFileSync(file, 'metric,step,value\n');
  const { code, stderr } = await bench(place, 'import', file, '--from', 'csv');
  expect({ code, stderr }).toEqual({
    code: 4,
    stderr: `bench: ${file}: expected runs, got none: nothing was imported.\n`,
  });
  expect(readdirSync(place.dir)).toEqual(['empty.csv']);
});

test('a file that cannot be imported leaves the store as it was', async () => {
  const place = newPlace();
  const file = join(place.dir, 'bad.csv');
  writeRuns(place);
  writeFileSync(file, 'step,loss\n1,0.5\n2,half\n');
  const { code, stderr } = await bench(place, 'import', file, '--from', 'csv');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `bench: ${file}, row 3, loss: expected a number, got "half".\n`,
  });
  expect(readdirSync(place.runs)).toHaveLength(4);
});

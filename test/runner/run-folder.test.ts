import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createRun, readRunSpec } from '../../src/runner/run-folder.ts';
import { newFolder } from '../new-folder.ts';
import { makeCell } from '../tracking/events.ts';

const drawn = vi.hoisted(() => ['c0ffee000001', 'c0ffee000001', 'c0ffee000002']);
vi.mock('../../src/core/ids.ts', async original => ({
  ...(await original<typeof import('../../src/core/ids.ts')>()),
  newRunId: () => drawn.shift(),
}));

test('an id that is taken is drawn again, and its run is left as it is', () => {
  const parent = join(newFolder(), 'runs');
  const code = { commit: null, dirty: false, patchHash: null, codeHash: 'c', lockfileHash: null };
  const make = (seed: number) => createRun({ cell: makeCell({ seed }), code, command: 'x' }, parent);
  const [first, second] = [make(1), make(2)];
  expect([first.run, second.run]).toEqual(['c0ffee000001', 'c0ffee000002']);
  expect(readdirSync(parent).sort()).toEqual([first.run, second.run]);
  expect([first, second].map(({ folder }) => readRunSpec(folder).cell.seed)).toEqual([1, 2]);
});

test.each([
  ['null', 'null'],
  ['[]', '\\[\\]'],
  ['{"run":7}', '{"run":7}'],
  ['{"run":"a","cell":{"identity":"x"}}', '{"run":"a","cell":{"identity":"x"}}'],
  ['{"run":"a",', '.*JSON.*'],
])('a spec that is %s is refused in one line', (text, got) => {
  const folder = newFolder();
  writeFileSync(join(folder, 'run.json'), text);
  expect(() => readRunSpec(folder)).toThrow(new RegExp(`run\\.json: expected a run's spec, got: ${got}\\.$`));
  expect(() => readRunSpec(join(folder, 'none'))).toThrow(expect.objectContaining({ exitCode: 4 }));
});

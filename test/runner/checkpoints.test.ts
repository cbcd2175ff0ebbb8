import { existsSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { dropPreviousCheckpoint, lastGoodCheckpoint, saveCheckpoint } from '../../src/runner/checkpoints.ts';
import { newFolder } from '../new-folder.ts';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = newFolder();
  said = [];
});

const path = (name: 'last' | 'previous'): string => join(folder, `${name}.checkpoint`);
const save = (step: number): void =>
  saveCheckpoint(folder, {
    step,
    identity: 'cell',
    shapes: { w: [2] },
    values: { w: Float32Array.of(step, 1 / step) },
  });
const load = () => lastGoodCheckpoint(folder, 'cell', line => said.push(line));

test('none, one, two', () => {
  expect(load()).toBeUndefined();
  save(3);
  expect(load()).toMatchObject({ step: 3, values: { w: Float32Array.of(3, 1 / 3) } });
  save(5);
  save(7);
  expect(load()?.step).toBe(7);
  expect(readdirSync(folder).sort()).toEqual(['last.checkpoint', 'previous.checkpoint']);
  dropPreviousCheckpoint(folder);
  expect(load()?.step).toBe(7);
  expect(said).toEqual([]);
});

test('a damaged last one makes way for the one before it, and both are whole again after the next', () => {
  save(3);
  save(5);
  truncateSync(path('last'), 100);
  expect(load()?.step).toBe(3);
  expect(said).toEqual([
    expect.stringMatching(/last\.checkpoint: expected a checkpoint.* The checkpoint before it is used/),
  ]);
  save(6);
  truncateSync(path('last'), 100);
  expect(load()?.step).toBe(3);
});

test('a last one that is missing, as between two renames, makes way too', () => {
  save(3);
  save(5);
  rmSync(path('last'));
  expect(load()?.step).toBe(3);
  expect(existsSync(path('last'))).toBe(true);
});

test('if neither can be read, the last one is named', () => {
  save(3);
  save(5);
  for (const name of ['last', 'previous'] as const) writeFileSync(path(name), 'not a checkpoint');
  expect(load).toThrow(/last\.checkpoint: expected a checkpoint of this cell/);
});

test('parts that a killed process left are removed', () => {
  save(3);
  writeFileSync(`${path('last')}.4711.new`, 'a part');
  load();
  expect(readdirSync(folder)).toEqual(['last.checkpoint']);
});

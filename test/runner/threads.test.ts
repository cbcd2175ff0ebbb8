import { expect, test } from 'vitest';
import { planThreads } from '../../src/runner/threads.ts';

const nets = ['plain-18', 'resnet-20'];

test('one thread a cell while there are cells for all processors', () => {
  expect(planThreads({ nets, cells: 20, processors: 2 })).toBe(1);
  expect(planThreads({ nets, cells: 2, processors: 2 })).toBe(1);
  expect(planThreads({ nets, cells: 3, processors: 4 })).toBe(1);
});

test('left-over processors go to the cells there are', () => {
  expect(planThreads({ nets, cells: 1, processors: 2 })).toBe(2);
  expect(planThreads({ nets, cells: 2, processors: 8 })).toBe(4);
  expect(planThreads({ nets: ['a net that was not measured'], cells: 1, processors: 4 })).toBe(4);
});

test('no cells ask for no threads', () => {
  expect(planThreads({ nets, cells: 0, processors: 1 })).toBe(1);
});

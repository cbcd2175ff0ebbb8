/** What squeue of Slurm 22.05 printed, on a real controller. */
import { expect, test } from 'vitest';
import { findTask, parseQueue } from '../../../src/runner/slurm/queue.ts';

test('each task of an array by its own index', () => {
  const queue = parseQueue(`1|2|PENDING|JobArrayTaskLimit|bench-x-1
1|3|PENDING|JobArrayTaskLimit|bench-x-1
1|0|RUNNING|None|bench-x-1
4|0|PENDING|Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions|bench-x-2
`);
  expect(findTask(queue, 'bench-x-1', 0)).toEqual({ id: '1_0', phase: 'running', state: 'RUNNING', reason: 'None' });
  expect(findTask(queue, 'bench-x-1', 3)).toMatchObject({ phase: 'queued', reason: 'JobArrayTaskLimit' });
  expect(findTask(queue, 'bench-x-2', 0)).toMatchObject({ reason: expect.stringMatching(/^Nodes required/) });
  expect(findTask(queue, 'bench-x-1', 1)).toBeUndefined();
});

test('tasks that were cancelled before they began have one entry together', () => {
  const queue = parseQueue('1|N/A|CANCELLED|JobArrayTaskLimit|bench-x-1\n1|0|COMPLETED|None|bench-x-1\n');
  expect(findTask(queue, 'bench-x-1', 0)).toMatchObject({ state: 'COMPLETED' });
  expect(findTask(queue, 'bench-x-1', 3)).toMatchObject({ phase: 'over', state: 'CANCELLED' });
  expect(findTask(queue, 'bench-x-2', 3)).toBeUndefined();
});

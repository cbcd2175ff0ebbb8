/** Stand-ins of sacct; what it prints is as its manual page says, what it says without a database as 22.05 said. */
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Accounting, parseAccounting } from '../../../src/runner/slurm/accounting.ts';
import { findTask } from '../../../src/runner/slurm/queue.ts';
import { newFolder } from '../../new-folder.ts';

let dir: string;
beforeEach(() => {
  dir = newFolder();
  vi.stubEnv('PATH', `${dir}:/usr/bin:/bin`);
});
afterEach(() => void vi.unstubAllEnvs());

function install(script: string): void {
  writeFileSync(join(dir, 'sacct'), `#!/bin/sh\necho "$@" >> '${dir}/calls'\n${script}\n`);
  chmodSync(join(dir, 'sacct'), 0o755);
}
const calls = (): string[] =>
  existsSync(join(dir, 'calls')) ? readFileSync(join(dir, 'calls'), 'utf8').trim().split('\n') : [];

test('only what is over is taken, with the bare state', () => {
  const over = parseAccounting(`142_3|bench-x-1|OUT_OF_MEMORY
142_4|bench-x-1|CANCELLED by 1000
142_5|bench-x-1|RUNNING
142_[6-9]|bench-x-1|PENDING
`);
  expect(findTask(over, 'bench-x-1', 3)).toEqual({ id: '142_3', phase: 'over', state: 'OUT_OF_MEMORY', reason: '' });
  expect(findTask(over, 'bench-x-1', 4)?.state).toBe('CANCELLED');
  expect(over.size).toBe(2);
});

test('it is asked by name, at most twice a minute, and not for nothing', async () => {
  install("echo '1_0|bench-x-1|TIMEOUT'");
  const accounting = new Accounting();
  expect((await accounting.tasksOver([], 0)).size).toBe(0);
  expect(calls()).toEqual([]);
  for (const nowMs of [0, 29_000, 31_000]) {
    const over = await accounting.tasksOver(['bench-x-1', 'bench-x-2'], nowMs);
    expect(findTask(over, 'bench-x-1', 0)?.state).toBe('TIMEOUT');
  }
  expect(calls()).toHaveLength(2);
  expect(calls()[0]).toContain('--name=bench-x-1,bench-x-2');
});

test('where there is no database it is asked once, and a cluster without the command is none the worse', async () => {
  install("echo 'Slurm accounting storage is disabled' >&2; exit 1");
  const accounting = new Accounting();
  for (const nowMs of [0, 60_000]) expect((await accounting.tasksOver(['bench-x-1'], nowMs)).size).toBe(0);
  expect(calls()).toHaveLength(1);
  rmSync(join(dir, 'sacct'));
  vi.stubEnv('PATH', dir);
  expect((await new Accounting().tasksOver(['bench-x-1'])).size).toBe(0);
});

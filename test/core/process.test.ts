import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { processStart } from '../../src/core/process.ts';

test('a living process has a start, always the same, and another one another', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  try {
    await once(child, 'spawn');
    const start = processStart(child.pid as number);
    expect(start).toEqual(expect.any(String));
    expect(processStart(child.pid as number)).toBe(start);
    expect(processStart(process.pid)).not.toBe(start);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  expect(processStart(child.pid as number)).toBeNull();
});

test.skipIf(process.platform !== 'linux')('a process that is dead but not reaped counts as gone', async () => {
  // The shell's child ends later; `exec` puts a program in the shell's place that never waits for it.
  const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(String(line));
    await sleep(300);
    expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /);
    expect(processStart(pid)).toBeNull();
  } finally {
    parent.kill('SIGKILL');
  }
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 31])('%d is no process', pid => {
  expect(processStart(pid)).toBeNull();
});

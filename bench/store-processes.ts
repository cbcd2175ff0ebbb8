/** How long a person waits for a list: whole processes. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './step-rate.ts';

const TURNS = 12;
const BENCH = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));

/** Medians of turns, of a store at rest: `bench list` of its runs, of none, and Node alone. */
export function wholeProcesses(dir: string, runs: number): Record<'list' | 'empty' | 'node', number> {
  execFileSync('sync');
  const list = [BENCH, 'list', '--where', 'test.top1 < 0.9', '--limit', '100'];
  const turns = Array.from({ length: TURNS }, () => {
    const { ms, text } = timeProcess(list, dir);
    if (text.split('\n').length !== Math.min(100, Math.ceil(0.9 * runs)) + 2) throw new Error(`it printed ${text}`);
    return { node: timeProcess(['-e', '0']).ms, empty: timeProcess([BENCH, 'list'], join(dir, 'none')).ms, list: ms };
  });
  const middle = (name: 'list' | 'empty' | 'node'): number => median(turns.map(turn => turn[name]));
  return { list: middle('list'), empty: middle('empty'), node: middle('node') };
}

function timeProcess(args: string[], dir = ''): { ms: number; text: string } {
  const startMs = performance.now();
  const text = execFileSync(process.execPath, args, {
    env: { ...process.env, BENCH_DIR: dir },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return { ms: performance.now() - startMs, text };
}

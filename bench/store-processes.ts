/** How long a person waits for a list: whole processes. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../src/stats/index.ts';
import { BENCH } from './command.ts';

const TURNS = 12;
/** Of Linux's accounts. */
const TICK_MS = 10;

type Name = 'list' | 'empty' | 'node';

interface Cost {
  /** Median of what a person waits for. */
  ms: number;
  /** Mean; unlike the other it is the same on a machine that is busy. NaN where there is no /proc. */
  processorMs: number;
}

/** In turns, of a store at rest: `bench list` of its runs, of none, and Node alone. */
export function wholeProcesses(dir: string, runs: number): Record<Name, Cost> {
  execFileSync('sync');
  const list = [BENCH, 'list', '--where', 'test.top1 < 0.9', '--limit', '100'];
  const turns = Array.from({ length: TURNS }, () => {
    const one = timeProcess(list, dir);
    if (one.text.split('\n').length !== Math.min(100, Math.ceil(0.9 * runs)) + 2)
      throw new Error(`it printed ${one.text}`);
    return { list: one, empty: timeProcess([BENCH, 'list'], join(dir, 'none')), node: timeProcess(['-e', '0']) };
  });
  const cost = (name: Name): Cost => ({
    ms: median(turns.map(turn => turn[name].ms)),
    processorMs: turns.reduce((sum, turn) => sum + turn[name].processorMs, 0) / TURNS,
  });
  return { list: cost('list'), empty: cost('empty'), node: cost('node') };
}

function timeProcess(args: string[], dir = ''): Cost & { text: string } {
  const [startMs, beforeMs] = [performance.now(), childrenMs()];
  const text = execFileSync(process.execPath, args, {
    env: { ...process.env, BENCH_DIR: dir },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return { ms: performance.now() - startMs, processorMs: childrenMs() - beforeMs, text };
}

/** Processor time of all processes that were started here and have ended. */
function childrenMs(): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN;
  const [, behindName = ''] = readFileSync('/proc/self/stat', 'utf8').split(') ');
  const [user, system] = behindName.split(' ').slice(13, 15).map(Number) as [number, number];
  return (user + system) * TICK_MS;
}

/** The command line as whole processes, as a shell sees it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../core/places.ts';
import { defineSuite, type Timed } from '../suite.ts';

const MAIN = join(packageRoot, 'dist/src/cli/main.js');

export default defineSuite({
  name: 'start',
  about: 'the command line from start to end, in a folder without results',
  benchmarks: {
    version: command('--version'),
    help: command('--help'),
    list: command('list'),
  },
});

function command(...args: string[]): () => Timed {
  return () => {
    const cwd = mkdtempSync(join(tmpdir(), 'bench-start-'));
    process.once('exit', () => rmSync(cwd, { recursive: true, force: true }));
    const env = { ...process.env, BENCH_DIR: join(cwd, '.bench') };
    return () => promisify(execFile)(process.execPath, [MAIN, ...args], { cwd, env });
  };
}

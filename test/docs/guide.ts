/** The commands of a page, run as a reader would: block after block, in one folder. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { execa } from 'execa';

const MAIN = resolve('dist/src/cli/main.js');

/** What stands in blocks marked `sh`. */
export function blocksOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^```sh\n(.*?)^```/gms)].map(match => match[1] as string);
}

/** Runs it in `folder`, where `npx bench` is the built command. */
export function runShell(script: string, folder: string, options: { reject?: boolean; stdin?: 'ignore' } = {}) {
  const text = `npx() { test "$1" = bench; shift; "${process.execPath}" "${MAIN}" "$@"; }\n${script}`;
  const env = { NO_COLOR: '1', BENCH_DIR: undefined };
  return execa('bash', ['-c', text], { cwd: folder, env, ...options });
}

/** Throws with what was printed if a command fails. Gives what all of them printed. */
export async function runBlock(block: string, folder: string): Promise<string> {
  return (await runShell(`set -e\n${block}`, folder)).stdout;
}

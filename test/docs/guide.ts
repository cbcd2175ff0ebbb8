/** The commands of a page, run as a reader would: block after block, in one folder. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { execa } from 'execa';

const MAIN = resolve('dist/src/cli/main.js');

/** What stands in blocks marked `sh`. */
export function blocksOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^```sh\n(.*?)^```/gms)].map(match => match[1] as string);
}

/** Throws with what was printed if a command fails. Gives what all of them printed. */
export async function runBlock(block: string, folder: string): Promise<string> {
  const shell = `set -e\nnpx() { test "$1" = bench; shift; "${process.execPath}" "${MAIN}" "$@"; }\n${block}`;
  const env = { NO_COLOR: '1', BENCH_DIR: undefined };
  const { stdout } = await execa('bash', ['-c', shell], { cwd: folder, env });
  return stdout;
}

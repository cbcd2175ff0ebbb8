/** Other programs that fetch and unpack. */
import type { ExecaError } from 'execa';
import { describeError } from '../core/errors.ts';

const TIMEOUT_MS = 10 * 60_000;

/** Throws one line with what the program says. */
export async function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  const { ExecaError, execa } = await import('execa');
  try {
    await execa(program, args, { cwd, stdin: 'ignore', timeout: TIMEOUT_MS });
  } catch (error) {
    const ended = error instanceof ExecaError ? error : null;
    const failure = new Error(`${program}: ${ended ? reasonOf(ended) : describeError(error)}`, { cause: error });
    throw isDiskFull(ended) ? Object.assign(failure, { code: 'ENOSPC' }) : failure;
  }
}

/** As programs say it: a full disk is not the source's fault. */
function isDiskFull(error: ExecaError | null): boolean {
  return error !== null && /No space left|enough free space|ENOSPC/.test(String(error.stderr));
}

/** What the program itself says, in one line. */
function reasonOf(error: ExecaError): string {
  if (error.code === 'ENOENT') return 'not on this machine';
  if (error.timedOut) return `not done after ${TIMEOUT_MS / 60_000} minutes`;
  const lines = String(error.stderr ?? '').split('\n');
  const said = lines.find(line => /^(E:|npm (error|ERR!)) /.test(line)) ?? lines.findLast(line => line.trim() !== '');
  return said?.replace(/^(E:|npm (error|ERR!)) /, '').trim() ?? error.shortMessage;
}

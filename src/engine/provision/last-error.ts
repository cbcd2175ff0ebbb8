import { describeError } from '../../core/errors.ts';

/** What npm and node-gyp put around the words of the program that they ran. */
const PREFIX = /^(npm (error|ERR!) ?)?(gyp ERR! (stack )?)?/;
const NOISE = /^(A complete log of this run|code |path |command |Node\.js v|at )/;

/** Why a program failed, in its own words: the last line of its output that looks like a reason, else its last line. */
export function lastError(error: unknown, pattern: RegExp): string {
  const { stderr, code, exitCode, originalMessage } = error as ProgramError;
  if (code === 'ENOENT') return `${/^spawn (.*) ENOENT/.exec(originalMessage ?? '')?.[1]} was not found`;
  const lines = (stderr ?? '').split('\n').map(line => line.replace(PREFIX, '').trim());
  const said = lines.filter(line => line !== '' && !NOISE.test(line));
  const last = said.findLast(line => pattern.test(line)) ?? said.at(-1);
  // The whole command, which is execa's own message, would hide what to do.
  return (last ?? (exitCode === undefined ? describeError(error) : `exit code ${exitCode}`)).replace(/\.$/, '');
}

interface ProgramError {
  stderr?: string;
  code?: string;
  exitCode?: number;
  originalMessage?: string;
}

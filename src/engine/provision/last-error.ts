import { describeError } from '../../core/errors.ts';

/** Why a program failed, in its own words: the last line of its output that looks like a reason, else its last line. */
export function lastError(error: unknown, pattern: RegExp): string {
  const { stderr, code } = error as { stderr?: string; code?: string };
  if (code === 'ENOENT') return `${describeError(error)} Install it`;
  const lines = (stderr ?? '').split('\n').filter(line => line.trim());
  return (lines.findLast(line => pattern.test(line)) ?? lines.at(-1) ?? describeError(error)).trim().replace(/\.$/, '');
}

/** Exit codes of `bench`. The tests and every CI that calls us rely on these numbers. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  inconclusive: 3,
  noData: 4,
  interrupted: 130,
} as const;

/** Of a process: `EXIT` has their names. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * A mistake that the user can mend. Its message is one line: what was expected, what was got, where, what to do.
 * The command line prints that line and exits with `exitCode`; the stack is shown only with `--debug`.
 */
export class UserError extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, options: { exitCode?: ExitCode; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'UserError';
    this.exitCode = options.exitCode ?? EXIT.usage;
  }
}

/** Of what is missing, broken or in the way: asking in other words would not help. */
export const refusal = (message: string, cause?: unknown): UserError =>
  new UserError(message, { exitCode: EXIT.noData, cause });

/** The text of anything that was thrown, on one line. */
export function describeError(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replace(/\s*\n\s*/g, ' ').trim();
}

/** The errno code of a system error (`ENOSPC`, `EROFS`, …), or undefined. */
export function errorCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

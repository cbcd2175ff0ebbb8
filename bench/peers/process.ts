import { join } from 'node:path';
import { execa } from 'execa';
import { cacheDir } from '../../src/core/places.ts';

/** What it said, or why it said nothing. */
export type Outcome<T> = { value: T } | { failure: string };

/** For torch.compile and XLA to compile in, beside what they measure. */
const COMPILE_ALLOWANCE_SECONDS = 180;

/** Runs a program whose output is JSON, or ends with a line of it; `processors` as `taskset` takes them. */
export async function runForJson<T>(
  command: readonly string[],
  { seconds, processors }: { seconds: number; processors?: string },
): Promise<Outcome<T>> {
  const [file = '', ...rest] = processors ? ['taskset', '-c', processors, ...command] : command;
  const timeout = 1000 * (COMPILE_ALLOWANCE_SECONDS + 2 * seconds);
  const env = { TORCHINDUCTOR_CACHE_DIR: join(cacheDir(), 'peers', 'inductor'), PYTHONDONTWRITEBYTECODE: '1' };
  const { stdout, stderr, failed, timedOut } = await execa(file, rest, {
    timeout,
    env,
    stdin: 'ignore',
    reject: false,
  });
  if (timedOut) return { failure: `not done after ${timeout / 1000} s` };
  if (failed) return { failure: short(lastLine(stderr) || lastLine(stdout) || 'ended without a word') };
  const value = parse<T>(stdout) ?? parse<T>(lastLine(stdout));
  return value === undefined ? { failure: `no JSON but "${short(lastLine(stdout))}"` } : { value };
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

const short = (text: string): string => text.slice(0, 300);

function parse<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

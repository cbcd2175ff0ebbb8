/** The present benchmarks on other code. */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describeError } from '../core/errors.ts';
import { TRIAL } from './measure.ts';
import { runSuite } from './run-suite.ts';

/** Where compiled benchmarks stand in a checkout, and where ours stand beside them: what they import is theirs. */
const OWN = 'dist/src/speed';
const OURS = 'dist/src/speed-of-head';

export interface BaseSuite {
  url: string;
  /** Whose benchmarks they are: the present ones, unless they do not fit the base's code. */
  benchmarksOf: 'head' | 'base';
}

/**
 * The suite's address in the compiled checkout `folder`. With the same benchmarks on both sides a changed benchmark is no
 * regression; where ours ask for what the code there does not have, its own are taken. `why` if there are none.
 */
export async function baseSuite(folder: string, name: string, stop: AbortSignal): Promise<BaseSuite | { why: string }> {
  rmSync(join(folder, OURS), { recursive: true, force: true });
  cpSync(fileURLToPath(new URL('.', import.meta.url)), join(folder, OURS), { recursive: true });
  const ours = addressOf(folder, OURS, name);
  const why = await obstacle(ours, stop);
  if (why === null) return { url: ours, benchmarksOf: 'head' };
  const own = addressOf(folder, OWN, name);
  if (existsSync(fileURLToPath(own))) return { url: own, benchmarksOf: 'base' };
  return { why: `suite ${name} cannot measure the base, which has no such suite itself: ${why.replace(/\.$/, '')}` };
}

const addressOf = (folder: string, speed: string, name: string): string =>
  pathToFileURL(join(folder, speed, 'suites', `${name}.js`)).href;

/** Why not even one execution of each benchmark succeeds; null if it does. */
async function obstacle(url: string, stop: AbortSignal): Promise<string | null> {
  try {
    const { failures } = await runSuite({ url, budget: TRIAL }, stop);
    const [failed] = Object.entries(failures);
    return failed === undefined ? null : `${failed[0]}: ${failed[1]}`;
  } catch (error) {
    if (stop.aborted) throw error;
    return describeError(error);
  }
}

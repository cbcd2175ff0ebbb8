import { readFileSync } from 'node:fs';

/** Written by scripts/stats-fixtures.py with SciPy. */
export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/stats/${name}.json`, import.meta.url), 'utf8')) as T;
}

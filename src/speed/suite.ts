/** A set of benchmarks. A file in suites/ exports one as `default`; the folder is the registry. */
import { loadFolder } from '../core/folder.ts';
import { pick } from '../core/registry.ts';

/** One execution of what is timed; a promise is waited for. */
export type Timed = () => unknown;

export interface Suite {
  name: string;
  /** One line for the list. */
  about: string;
  /** Name → gets everything ready, and gives what is timed. */
  benchmarks: Record<string, () => Timed | Promise<Timed>>;
}

/** An identity that gives the types. */
export const defineSuite = (suite: Suite): Suite => suite;

const FOLDER = new URL('./suites/', import.meta.url);

export async function allSuites(): Promise<Map<string, Suite>> {
  return new Map((await loadFolder<Suite>(FOLDER)).map(({ value }) => [value.name, value]));
}

export async function findSuite(name: string): Promise<Suite> {
  return pick('suite', name, await allSuites());
}

/** `bench new`: one file to begin with, in the working folder. */
import { relative, resolve } from 'node:path';
import { EXIT, type ExitCode, UserError } from '../../core/errors.ts';
import { allNets } from '../../nets/index.ts';
import { experimentFiles } from '../../runner/experiments.ts';
import { fromTemplate, taken, writeNewFiles } from './new-files.ts';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What there is to begin, and what to type next. */
const KINDS = {
  experiment: {
    place: async (name: string): Promise<string | undefined> => experimentFiles().get(name),
    next: (name: string): string => `npx bench run ${name} --tier smoke`,
  },
  net: {
    place: async (name: string): Promise<string | undefined> => ((await allNets()).has(name) ? 'nets' : undefined),
    next: (name: string): string => `npx bench nets show ${name}`,
  },
};

export type NewKind = keyof typeof KINDS;

export async function newCommand(kind: NewKind, name: string): Promise<ExitCode> {
  if (!NAME.test(name))
    throw new UserError(`new ${kind}: expected a name of lower-case letters, digits and dashes, got "${name}".`);
  const { place, next } = KINDS[kind];
  const known = await place(name);
  if (known !== undefined) throw taken(`${kind} ${name}`, known);
  const path = resolve(`${kind}s`, `${name}.ts`);
  writeNewFiles([fromTemplate(`${kind}.ts`, path, name)]);
  process.stdout.write(`${relative('.', path)}\nNext: ${next(name)}\n`);
  return EXIT.ok;
}

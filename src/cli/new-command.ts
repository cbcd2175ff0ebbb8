/** `bench new`: files to begin with. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describeError, EXIT, type ExitCode, errorCode, UserError } from '../core/errors.ts';
import { packageRoot } from '../core/places.ts';
import { allNets } from '../nets/index.ts';
import { experimentFiles } from '../runner/experiments.ts';
import { experimentTemplate } from './new-experiment.ts';
import { netTemplate } from './new-net.ts';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export async function newCommand(what: 'experiment' | 'net', name: string): Promise<ExitCode> {
  if (!NAME.test(name))
    throw new UserError(`new ${what}: expected a name of lower-case letters, digits and dashes, got "${name}".`);
  const { path, text, next } = what === 'experiment' ? newExperiment(name) : await newNet(name);
  writeNew(path, text);
  process.stdout.write(`${relative('.', path)}\nNext: ${next}\n`);
  return EXIT.ok;
}

interface NewFile {
  path: string;
  text: string;
  /** What to type. */
  next: string;
}

function newExperiment(name: string): NewFile {
  const known = experimentFiles().get(name);
  if (known !== undefined) throw taken(`experiment ${name}`, known);
  const next = `npx bench run ${name} --tier smoke`;
  return { path: resolve('experiments', `${name}.ts`), text: experimentTemplate(name), next };
}

async function newNet(name: string): Promise<NewFile> {
  const folder = join(packageRoot, 'src/nets');
  if (!existsSync(folder))
    throw new UserError(
      `new net: nets are part of the program, and ${packageRoot} has no src/nets. Use a checkout of it.`,
    );
  if ((await allNets()).has(name)) throw taken(`net ${name}`, folder);
  const next = `npx tsc -b && npx bench nets show ${name} --set form=small`;
  return { path: join(folder, `${name}.ts`), text: netTemplate(name), next };
}

function writeNew(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw taken('a file', path);
    throw new UserError(`${path}: cannot be written (${describeError(error)}).`, { cause: error });
  }
}

const taken = (what: string, where: string): UserError =>
  new UserError(`${what} is there already: ${where}. Choose another name; nothing was written.`);

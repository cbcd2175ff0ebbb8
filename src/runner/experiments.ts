import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { CountedExperiment, Experiment } from '../core/experiment.ts';
import { importDefault } from '../core/import-default.ts';
import { packageRoot } from '../core/places.ts';
import { pick } from '../core/registry.ts';
import { parseSpec } from './experiment-schema.ts';

/**
 * Files of experiments by id: those of the current folder's experiments/, then the ones that come with the package. Files
 * whose name begins with an underscore are parts.
 */
export function experimentFiles(): Map<string, string> {
  const folders = [resolve('experiments'), join(packageRoot, 'experiments')];
  const files = folders.flatMap(folder =>
    existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : [],
  );
  const specs = files.filter(isSpec).map(file => [basename(file, '.ts'), file] as const);
  return new Map(specs.reverse());
}

/** Ids of the project's own, where the current folder is not the package's. */
export function ownExperiments(): string[] {
  const folder = resolve('experiments');
  if (folder === join(packageRoot, 'experiments') || !existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(isSpec)
    .map(file => basename(file, '.ts'))
    .sort();
}

const isSpec = (file: string): boolean => /^[^_].*\.ts$/.test(basename(file));

/** Reads one experiment's file. An unknown id, a file that throws, or a missing field is one line. */
export async function loadExperiment(id: string): Promise<Experiment> {
  const spec = await loadSpec(id);
  if (isTrained(spec)) return spec;
  throw new UserError(`${id}: nothing is trained for it, it only counts. \`bench claims ${id}\` shows what.`);
}

/** The same, and those for which nothing is trained. */
export async function loadSpec(id: string): Promise<Experiment | CountedExperiment> {
  const file = pick('experiment', id, experimentFiles());
  const spec = parseSpec(await importDefault(file, 'an experiment'), file);
  if (spec.id === id) return spec;
  throw new UserError(`${file}: field id: expected "${id}", the file's name, got "${spec.id}". Rename one of them.`);
}

/** All that there are, by name. One that cannot be read is thrown, or told where somebody listens. */
export async function allSpecs(unreadable?: (error: UserError) => void): Promise<(Experiment | CountedExperiment)[]> {
  const ids = [...experimentFiles().keys()].sort();
  const specs: (Experiment | CountedExperiment)[] = [];
  for (const id of ids) {
    try {
      specs.push(await loadSpec(id));
    } catch (error) {
      if (!(error instanceof UserError) || unreadable === undefined) throw error;
      unreadable(error);
    }
  }
  return specs;
}

export const isTrained = (spec: Experiment | CountedExperiment): spec is Experiment => 'base' in spec;

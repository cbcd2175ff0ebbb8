import { basename, join, resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { CountedExperiment, Experiment } from '../core/experiment.ts';
import { namesIfThere } from '../core/if-there.ts';
import { importDefault } from '../core/import-default.ts';
import { packageRoot } from '../core/places.ts';
import { pick } from '../core/registry.ts';
import { parseSpec } from './experiment-schema.ts';

const OURS = join(packageRoot, 'experiments');

/**
 * Files of experiments by id: those of the current folder's experiments/, then the ones that come with the package. Files
 * whose name begins with an underscore are parts.
 */
export function experimentFiles(): Map<string, string> {
  return new Map([...specsIn(OURS), ...specsIn(resolve('experiments'))]);
}

/** Ids of the project's own, where the current folder is not the package's. */
export function ownExperiments(): string[] {
  const folder = resolve('experiments');
  return folder === OURS ? [] : specsIn(folder).map(([id]) => id);
}

/** Ids and files, in the order of the ids. */
function specsIn(folder: string): [id: string, file: string][] {
  const names = namesIfThere(folder).filter(name => /^[^_].*\.ts$/.test(name));
  return names.sort().map(name => [basename(name, '.ts'), join(folder, name)]);
}

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

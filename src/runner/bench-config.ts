/** `bench.config.ts` in the current folder: what holds for all experiments of a project. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import { textIfThere } from '../core/if-there.ts';
import { importDefault } from '../core/import-default.ts';
import type { SlurmSpec } from './slurm/settings.ts';

/** What `bench.config.ts` may say. */
interface BenchConfigSpec {
  /** Where `bench run` executes cells unless it is told otherwise: `slurm({ … })`. What is left out is the local pool. */
  executor?: (SlurmSpec & { kind: 'slurm' }) | { kind: string };
}

export interface BenchConfig {
  /** Not checked yet, but for its being there with a kind. */
  executor: { kind: unknown } | null;
  file: string;
}

/**
 * What holds for all experiments of a project: the `export default` of `bench.config.ts` in its folder. An identity that gives the
 * types; a wrong field is a `UserError` of one line when a command needs it.
 */
export const defineConfig = (config: BenchConfigSpec): BenchConfigSpec => config;

const FILE = 'bench.config.ts';

/** A project without the file has the defaults. */
export async function loadBenchConfig(): Promise<BenchConfig> {
  const file = resolve(FILE);
  if (!existsSync(file)) return { executor: null, file };
  const spec = await importDefault(file, 'a configuration');
  if (typeof spec !== 'object' || spec === null)
    throw new UserError(`${file}: expected \`export default defineConfig({ … })\`, got ${typeof spec}.`);
  const { executor, ...others } = spec as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new UserError(`${file}: unknown field "${unknown}". Known: executor.`);
  if (executor === undefined) return { executor: null, file };
  if (typeof executor !== 'object' || executor === null)
    throw new UserError(`${file}: field executor: expected \`slurm({ … })\` or \`{ kind: NAME }\`, got ${executor}.`);
  return { executor: executor as { kind: unknown }, file };
}

/** Where the file wants the results; null if it does not say. */
export async function resultsFolder(): Promise<string | null> {
  const file = resolve(FILE);
  // Loading TypeScript takes a tenth of a second: only those wait whose file may say it.
  if (!textIfThere(file)?.includes('folder')) return null;
  const { executor } = await loadBenchConfig();
  const { folder } = (executor ?? {}) as { folder?: unknown };
  return typeof folder === 'string' ? resolve(folder) : null;
}

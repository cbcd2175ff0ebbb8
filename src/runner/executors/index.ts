/** Where cells may be executed: each file of this folder is a place, by its name. */
import { UserError } from '../../core/errors.ts';
import { loadFolder } from '../../core/folder.ts';
import { pick } from '../../core/registry.ts';
import type { ExecutorDefinition } from '../executor.ts';

export interface ChosenExecutor {
  definition: ExecutorDefinition;
  /** Its own, checked. */
  settings: unknown;
}

export async function allExecutors(): Promise<ReadonlyMap<string, ExecutorDefinition>> {
  const entries = await loadFolder<ExecutorDefinition>(new URL('./', import.meta.url));
  return new Map(entries.map(({ value }) => [value.name, value]));
}

/** `spec`: its kind and its settings; `workers`: as `--workers` says. A mistake is one line, which begins with `where`. */
export async function executorOf(spec: unknown, where: string, workers?: number): Promise<ChosenExecutor> {
  const { kind } = (spec ?? {}) as { kind?: unknown };
  if (typeof kind !== 'string') throw new UserError(`${where}: field executor.kind: expected a name, got ${kind}.`);
  const definition = pick('executor', kind, await allExecutors());
  return { definition, settings: definition.settings(spec, where, workers) };
}

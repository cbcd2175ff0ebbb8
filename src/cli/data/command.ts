/** `bench data`: what it was asked for, and to whom that goes. Nothing below loads TensorFlow. */
import { UserError } from '../../core/errors.ts';
import { unknownName } from '../../core/registry.ts';
import { checkData } from './check.ts';
import { fetchData } from './fetch.ts';
import { listData } from './list.ts';
import { type ShowOptions, showData } from './show.ts';

export interface DataOptions extends ShowOptions {
  from?: string;
}

const ACTIONS: Record<string, (name: string, options: DataOptions) => Promise<number>> = {
  fetch: fetchData,
  check: checkData,
  show: showData,
};

/** Returns the exit code. */
export async function dataCommand([action = 'list', name]: readonly string[], options: DataOptions): Promise<number> {
  if (action === 'list') return listData(name, options);
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (run === undefined) throw unknownName('action of data', action, ['list', ...Object.keys(ACTIONS)]);
  if (name !== undefined) return run(name, options);
  throw new UserError(`data ${action}: expected the name of a dataset, got none. \`bench data\` lists them.`);
}

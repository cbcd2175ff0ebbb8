/** `bench nets`: what it was asked for, and to whom that goes. Nothing below loads TensorFlow. */
import { EXIT, UserError } from '../../core/errors.ts';
import { unknownName } from '../../core/registry.ts';
import { type AskedOptions, askedNet, splitFlags } from './asked.ts';
import { compareNets } from './compare.ts';
import { type DrawOptions, drawAskedNets } from './draw.ts';
import { listNets, type SortKey } from './list.ts';
import { showNet } from './show.ts';
import { tableNets } from './table.ts';

export interface NetsOptions extends AskedOptions, DrawOptions {
  family?: string;
  sort?: SortKey;
  all?: boolean;
  json?: boolean;
}

const ACTIONS: Record<string, (names: readonly string[], options: NetsOptions) => Promise<void>> = {
  async list(names, options) {
    expectNets('list', names, 0);
    if (options.set.length > 0)
      throw new UserError(`nets list: unknown option --${options.set[0]}. See \`bench nets --help\`.`);
    return listNets(options);
  },
  async show(names, options) {
    expectNets('show', names, 1);
    return showNet(await askedNet(names[0] as string, options), options);
  },
  async compare(names, options) {
    expectNets('compare', names, 2);
    const [a, b] = names as [string, string];
    return compareNets(await askedNet(a, options), await askedNet(b, options), options);
  },
  async draw(names, options) {
    if (names.length === 0) expectNets('draw', names, 1);
    return drawAskedNets(names, await Promise.all(names.map(name => askedNet(name, options))), options);
  },
  async table(names, options) {
    if (names.length === 0)
      throw new UserError('nets table: expected a family or nets, got none. `bench nets` lists them.');
    return tableNets(names, options);
  },
};

export async function netsCommand(args: readonly string[], given: NetsOptions): Promise<number> {
  const { names: words, settings } = splitFlags(args);
  const [action = 'list', ...names] = words;
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (run === undefined) throw unknownName('action of nets', action, Object.keys(ACTIONS));
  await run(names, { ...given, set: [...given.set, ...settings] });
  return EXIT.ok;
}

function expectNets(action: string, names: readonly string[], count: number): void {
  if (names.length === count) return;
  const expected = count === 0 ? 'no names of nets' : `${count} name${count > 1 ? 's' : ''} of nets`;
  throw new UserError(
    `nets ${action}: expected ${expected}, got ${names.length === 0 ? 'none' : names.join(', ')}. \`bench nets\` lists them.`,
  );
}

import { UserError } from '../core/errors.ts';
import type { Json } from '../core/ids.ts';
import type { Layer, NetDefinition, NetDescription, NetInput, OptionSpec } from '../core/net.ts';
import { parametersUsedBy } from '../core/parameters.ts';
import { unknownName } from '../core/registry.ts';

/** The description of a net with these options, for images of this shape (default: the paper's). */
export function describeNet(
  net: NetDefinition,
  given: Record<string, Json> = {},
  input: NetInput = net.paperInput,
): NetDescription {
  const options = resolveOptions(net, given);
  const built = net.build(options, input);
  const { logits, auxiliary } = 'logits' in built ? built : { logits: built, auxiliary: [] };
  const layers = layersBelow(logits);
  const known = new Set(layers);
  const heads = auxiliary.map(({ logits, weight }) => ({ weight, layers: layersBelow(logits, known) }));
  const all = [...layers, ...heads.flatMap(head => head.layers)];
  refuseDuplicates(net.name, all);
  refuseStrangers(net.name, all);
  return { name: net.name, options, input: input.shape, classes: input.classes, layers, auxiliary: heads };
}

function resolveOptions(net: NetDefinition, given: Record<string, Json>): Record<string, Json> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(net.options, name)) throw unknownName(`option of ${net.name}`, name, Object.keys(net.options));
  }
  const form = String(given.form ?? net.options.form?.default ?? 'paper');
  const resolved = Object.entries(net.options).map(([name, spec]) => {
    const value = given[name] ?? defaultOf(spec, form);
    checkList(`${net.name}: option ${name}`, defaultOf(spec, form), value);
    checkOption(`${net.name}: option ${name}`, spec, value);
    return [name, value] as const;
  });
  return Object.fromEntries(resolved);
}

function defaultOf(spec: OptionSpec, form: string): Json {
  const value = spec.default;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return (value as { byForm: Record<string, Json> }).byForm[form] ?? null;
}

function checkList(where: string, usual: Json, value: Json): void {
  if (!Array.isArray(usual) || Array.isArray(value)) return;
  throw new UserError(`${where}: expected a list such as ${JSON.stringify(usual)}, got ${JSON.stringify(value)}.`);
}

function checkOption(where: string, spec: OptionSpec, value: Json): void {
  if (spec.oneOf && !spec.oneOf.includes(value)) {
    throw new UserError(`${where}: expected one of ${spec.oneOf.join(', ')}, got ${JSON.stringify(value)}.`);
  }
  if (spec.minimum === undefined) return;
  const numbers = Array.isArray(value) ? value : [value];
  if (!numbers.every(number => isWithin(spec, number))) {
    throw new UserError(`${where}: expected ${rangeOf(spec)}, got ${JSON.stringify(value)}.`);
  }
}

function isWithin({ minimum = -Infinity, maximum = Infinity, real = false }: OptionSpec, value: unknown): boolean {
  return typeof value === 'number' && (real || Number.isInteger(value)) && value >= minimum && value <= maximum;
}

function rangeOf({ minimum, maximum, real = false }: OptionSpec): string {
  const numbers = real ? 'numbers' : 'whole numbers';
  return maximum === undefined ? `${numbers} of at least ${minimum}` : `${numbers} from ${minimum} to ${maximum}`;
}

/** Inputs before what reads them, without the `known`; an explicit stack, since a net may be a thousand layers deep. */
export function layersBelow(last: Layer, known: ReadonlySet<Layer> = new Set()): Layer[] {
  const done = new Set<Layer>(known);
  const stack = [last];
  while (stack.length > 0) {
    const layer = stack[stack.length - 1] as Layer;
    const missing = layer.inputs.find(input => !done.has(input));
    if (missing) stack.push(missing);
    else {
      stack.pop();
      done.add(layer);
    }
  }
  return [...done].slice(known.size);
}

function refuseDuplicates(net: string, layers: readonly Layer[]): void {
  const seen = new Set<string>();
  for (const { name } of layers) {
    if (seen.has(name))
      throw new UserError(`net ${net}: two layers are named "${name}". Names must differ: variables go by them.`);
    seen.add(name);
  }
}

/** A layer that uses another's variables finds them, in the shapes that it needs. */
function refuseStrangers(net: string, layers: readonly Layer[]): void {
  for (const layer of layers.filter(one => one.parametersOf !== undefined)) {
    const owner = layers.find(one => one.name === layer.parametersOf && one.parametersOf === undefined);
    if (owner && shapesOf(owner) === shapesOf(layer)) continue;
    const got = owner ? `${shapesOf(owner)} instead of ${shapesOf(layer)}` : 'no such layer with variables of its own';
    throw new UserError(`net ${net}: layer ${layer.name} uses the variables of ${layer.parametersOf}: got ${got}.`);
  }
}

function shapesOf(layer: Layer): string {
  return parametersUsedBy(layer)
    .map(({ role, shape }) => `${role} [${shape}]`)
    .join(', ');
}

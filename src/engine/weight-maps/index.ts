/** Weights by the names and in the layout of another framework: from a file of theirs, and to one. */
import { refusal } from '../../core/errors.ts';
import type { NetDescription, Shape } from '../../core/net.ts';
import type { SafetensorsFile } from '../safetensors.ts';
import type { NamedTensor } from '../safetensors-format.ts';
import { keras } from './keras.ts';
import { kernelFromTorch, kernelToTorch } from './kernels.ts';
import { type Link, linksOf } from './links.ts';
import type { Naming } from './naming.ts';
import { ours } from './ours.ts';
import { torchvision } from './torchvision.ts';

export const NAMINGS = { ours, torchvision, keras } satisfies Record<string, Naming>;
export type NamingName = keyof typeof NAMINGS;

/** A net and the family it is of, by which naming conventions go. */
export interface FamilyNet {
  family: string;
  net: NetDescription;
}

export type WeightsByName = Record<string, Float32Array>;

/** A file's weights by our names (`layer/role`) in our layout; one line if any is missing, left over or misshapen. */
export function importWeights(file: SafetensorsFile, of: FamilyNet, names: NamingName): WeightsByName {
  const naming: Naming = NAMINGS[names];
  const links = linksOf(of, naming);
  requireFit(file, of.net, naming, links);
  const read = (name: string): Float32Array => file.read(name).values;
  return Object.fromEntries(links.map(link => [link.ours.name, valuesFrom(link, read)]));
}

/** The way back: tensors by their names in their layout. Biases that we do not have are zeros. */
export function exportWeights(weights: WeightsByName, of: FamilyNet, names: NamingName): Record<string, NamedTensor> {
  const tensors = linksOf(of, NAMINGS[names]).flatMap((link): [string, NamedTensor][] => {
    const { shape, bias } = link;
    const own: [string, NamedTensor] = [link.theirs, { shape, values: valuesTo(link, weights) }];
    return bias === undefined ? [own] : [[bias, { shape, values: new Float32Array(shape[0] as number) }], own];
  });
  return Object.fromEntries(tensors);
}

/** Shapes by our names. */
export function withShapes(weights: WeightsByName, of: FamilyNet): Record<string, NamedTensor> {
  return exportWeights(weights, of, 'ours');
}

function valuesFrom({ theirs, kernel, bias, shift }: Link, read: (name: string) => Float32Array): Float32Array {
  const values = read(theirs);
  if (kernel) return kernelFromTorch(values, kernel);
  const less = bias === undefined ? undefined : read(bias);
  return shift === 0 && less === undefined ? values : values.map((value, i) => value - (less?.[i] ?? 0) + shift);
}

function valuesTo({ ours: { name }, kernel, shift }: Link, weights: WeightsByName): Float32Array {
  const values = weights[name] as Float32Array;
  if (kernel) return kernelToTorch(values, kernel);
  return shift === 0 ? values : values.map(value => value - shift);
}

function requireFit(
  { path, shapes }: SafetensorsFile,
  net: NetDescription,
  naming: Naming,
  links: readonly Link[],
): void {
  const needed = links.flatMap(({ ours, theirs, shape, bias }) => [
    { name: theirs, shape, for: ours.name },
    ...(bias === undefined ? [] : [{ name: bias, shape, for: ours.name }]),
  ]);
  const known = new Set(needed.map(({ name }) => name));
  const missing = needed.filter(({ name }) => !shapes.has(name)).map(one => `${one.name} (for ${one.for})`);
  const extra = [...shapes.keys()].filter(name => !known.has(name) && !naming.ignored.test(name));
  const misshapen = needed
    .map(one => ({ ...one, got: shapes.get(one.name) }))
    .filter(({ shape, got }) => got !== undefined && !sameShape(shape, got))
    .map(one => `${one.name} (for ${one.for}: expected [${one.shape}], got [${one.got}])`);
  const problems = [
    ...say(missing, 'missing'),
    ...say(misshapen, 'of another shape'),
    ...say(extra, 'in the file and not in the net'),
  ];
  if (problems.length === 0) return;
  throw refusal(
    `${path}: expected the ${needed.length} tensors of ${net.name} by the names of ${naming.title}; ${problems.join('; ')}. ` +
      'Check --names, --net and its options, --input and --classes.',
  );
}

function say(names: readonly string[], what: string): string[] {
  if (names.length === 0) return [];
  return [`${names.length} ${what}: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`];
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

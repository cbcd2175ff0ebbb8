/** A naming convention applied to a net: each of our parameters beside the tensor that it comes from. */
import { UserError } from '../../core/errors.ts';
import type { Layer, NetDescription, Shape } from '../../core/net.ts';
import { type Parameter, parametersOf } from '../../core/parameters.ts';
import { type KernelShape, torchShape } from './kernels.ts';
import type { FamilyNaming, Naming } from './naming.ts';

export interface Link {
  ours: Parameter;
  theirs: string;
  /** Of their tensor. */
  shape: Shape;
  /** Ours, if theirs is in torch's order. */
  kernel?: KernelShape;
  /** Of a mean: their bias of the convolution before, which ours lacks. */
  bias?: string;
  /** Added to theirs: of a variance, the difference of the epsilons. */
  shift: number;
}

/** One line if the convention does not know the net, or knows another one by its name. */
export function linksOf({ family, net }: { family: string; net: NetDescription }, naming: Naming): Link[] {
  const own = familyNaming(family, net, naming);
  requireOptions(net, naming, own);
  return [net, ...net.auxiliary].flatMap(part =>
    part.layers.flatMap(layer => parametersOf(layer).map(parameter => link(parameter, layer, net, naming, own))),
  );
}

function familyNaming(family: string, net: NetDescription, { families, title }: Naming): FamilyNaming {
  const own = Object.hasOwn(families, family) ? families[family] : families.any;
  if (typeof own === 'object') return own;
  const known = Object.keys(families).filter(name => typeof families[name] === 'object');
  const why = own ?? `there is no map for the family ${family}`;
  throw new UserError(
    `${net.name} has no weights by the names of ${title}: ${why}. Families with a map: ${known.join(', ')}.`,
  );
}

function requireOptions(net: NetDescription, { title }: Naming, { requires }: FamilyNaming): void {
  const others = Object.entries(requires).filter(
    ([option, value]) => Object.hasOwn(net.options, option) && net.options[option] !== value,
  );
  if (others.length === 0) return;
  const got = others.map(([option]) => `${option}=${net.options[option]}`).join(', ');
  const remedy = others.map(([option, value]) => `--set ${option}=${value}`).join(' ');
  throw new UserError(`${net.name} with ${got} is not the net of ${title}, which is that with ${remedy}.`);
}

function link(ours: Parameter, layer: Layer, net: NetDescription, naming: Naming, own: FamilyNaming): Link {
  const kernel = naming.layout === 'torch' && ours.role === 'kernel' ? kernelOf(ours, layer) : undefined;
  const bias = ours.role === 'moving-mean' && own.biasBeforeNorm ? biasBefore(layer, net, naming, own) : undefined;
  return {
    ours,
    theirs: tensorName(ours, layer, net, naming, own),
    shape: kernel ? torchShape(kernel, layer.op.kind === 'dense') : ours.shape,
    ...(kernel && { kernel }),
    ...(bias !== undefined && { bias }),
    shift: ours.role === 'moving-variance' ? shiftOf(layer, own) : 0,
  };
}

function tensorName(
  { name, role }: Pick<Parameter, 'name' | 'role'>,
  layer: Layer,
  net: NetDescription,
  { roles, separator, title }: Naming,
  { nameOf }: FamilyNaming,
): string {
  const [theirs, word] = [nameOf(layer, net), roles[role]];
  if (theirs === undefined || word === undefined) throw new UserError(`${net.name}: ${title} has no name for ${name}.`);
  return `${theirs}${separator}${word}`;
}

/** A dense layer is a convolution over the whole map that it sees, or over one pixel. */
function kernelOf({ shape }: Parameter, { op, inputs }: Layer): KernelShape {
  const [seen, units] = shape as [number, number];
  if (op.kind !== 'dense') return shape as unknown as KernelShape;
  const [height, width, channels] = flattened(inputs[0] as Layer) ?? [1, 1, seen];
  return [height as number, width as number, channels as number, units];
}

/** Torch flattens channels first: the order of a dense kernel's inputs depends on the map's shape. */
function flattened({ op, inputs }: Layer): Shape | undefined {
  const [input] = inputs as [Layer];
  if (op.kind === 'flatten') return input.output;
  return op.kind === 'dropout' || op.kind === 'activation' ? flattened(input) : undefined;
}

function biasBefore({ inputs }: Layer, net: NetDescription, naming: Naming, own: FamilyNaming): string | undefined {
  const [conv] = inputs as [Layer];
  if (conv.op.kind !== 'conv' || conv.op.bias !== null) return undefined;
  return tensorName({ name: `${conv.name}/bias`, role: 'bias' }, conv, net, naming, own);
}

function shiftOf({ op }: Layer, { epsilon }: FamilyNaming): number {
  return op.kind === 'batch-norm' && epsilon !== undefined ? epsilon - op.epsilon : 0;
}

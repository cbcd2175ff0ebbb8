/**
 * A net that ends in dense layers, for larger images: each dense layer becomes a convolution with the same weights, and
 * the map of class scores is averaged (Simonyan & Zisserman 2014, §3.2).
 */
import { UserError } from '../core/errors.ts';
import type { Layer, NetDescription, Op, Shape } from '../core/net.ts';
import {
  activation,
  add,
  affine,
  batchNorm,
  concat,
  conv,
  dense,
  dropout,
  gate,
  globalAveragePool,
  input,
  lrn,
  pool,
  scale,
  subsamplePad,
  withParametersOf,
} from './_layers.ts';

/**
 * Layers keep their names, and variables their names and the order of their values: a dense kernel [h·w·c, units] on a
 * feature map of [h, w, c] is the kernel [h, w, c, units] of a convolution. A net that averages its feature maps takes
 * larger images as it is, with the same result as averaging its class scores, since what follows is linear.
 */
export function applyToWhole(net: NetDescription, shape: Shape): NetDescription {
  const rebuilt = new Map<Layer, Layer>();
  for (const layer of net.layers) rebuilt.set(layer, rebuild(net.name, layer, rebuilt, shape));
  const last = rebuilt.get(net.layers.at(-1) as Layer) as Layer;
  const logits = last.output.length === 1 ? last : globalAveragePool('class-scores', last);
  const layers = [...new Set([...rebuilt.values(), logits])];
  return { ...net, input: shape, layers, auxiliary: [] };
}

function rebuild(net: string, layer: Layer, rebuilt: ReadonlyMap<Layer, Layer>, shape: Shape): Layer {
  const inputs = layer.inputs.map(one => rebuilt.get(one) as Layer);
  if (layer.op.kind === 'input') return input(shape);
  const made = isOnMap(layer, inputs) ? onMap(layer, inputs) : sameLayer(net, layer.name, layer.op, inputs);
  return layer.parametersOf === undefined ? made : withParametersOf(layer.parametersOf, made);
}

/** What was a vector is a feature map now. */
const isOnMap = ({ op }: Layer, [x]: readonly Layer[]): boolean =>
  op.kind === 'flatten' || (op.kind === 'dense' && x?.output.length === 3);

function onMap({ name, op, inputs: [before] }: Layer, [x]: readonly Layer[]): Layer {
  if (op.kind !== 'dense') return x as Layer;
  const { units, bias, init } = op;
  const kernel = kernelOf(before as Layer);
  return conv(name, x as Layer, { filters: units, kernel, padding: 'valid', bias: bias ?? false, init });
}

/** Height and width of what was flattened; of what was a vector already, one pixel. */
function kernelOf(before: Layer): readonly [number, number] {
  if (before.op.kind === 'flatten') {
    const [height, width] = (before.inputs[0] as Layer).output as [number, number];
    return [height, width];
  }
  const isShapeless = ['activation', 'dropout', 'batch-norm'].includes(before.op.kind);
  const [below] = before.inputs;
  return isShapeless && below?.output.length === 1 ? kernelOf(below) : [1, 1];
}

function sameLayer(net: string, name: string, op: Op, inputs: readonly Layer[]): Layer {
  const [x, y] = inputs as [Layer, Layer];
  switch (op.kind) {
    case 'conv': {
      const { kind, bias, ...options } = op;
      return conv(name, x, { ...options, bias: bias ?? false });
    }
    case 'batch-norm':
      return batchNorm(name, x, op);
    case 'lrn':
      return lrn(name, x, op);
    case 'activation':
      return activation(name, x, op.function);
    case 'dropout':
      return dropout(name, x, op.rate);
    case 'add':
      return add(name, x, y);
    case 'concat':
      return concat(name, inputs);
    case 'scale':
      return scale(name, x, op.factor);
    case 'gate':
      return gate(name, { transform: x, gate: y, carry: inputs[2] as Layer });
    case 'affine':
      return affine(name, x);
    case 'pool':
      return pool(name, x, op);
    case 'global-average-pool':
      return globalAveragePool(name, x);
    case 'subsample-pad':
      return subsamplePad(name, x, op);
    case 'dense':
      return dense(name, x, { units: op.units, bias: op.bias ?? false, init: op.init });
    default:
      throw new UserError(
        `dense evaluation of ${net}: layer ${name} (${op.kind}) knows one image size only. Choose another procedure.`,
      );
  }
}

/**
 * Lowers a float32 graph to bfloat16 where it pays: convolutions, batch normalisation, activations, additions and
 * pooling. Weights, statistics, loss and optimiser stay float32. A pass over the graph, so that no op and no net knows.
 */
import { DTYPE } from './backend.ts';
import type { GraphNode } from './graph.ts';

/** Which inputs of an op become bfloat16. Its first output does too; the others (statistics) stay float32. */
const LOWERED: Record<string, readonly number[]> = {
  Conv2D: [0, 1],
  Conv2DBackpropInput: [1, 2],
  Conv2DBackpropFilter: [0, 2],
  FusedBatchNormV3: [0],
  FusedBatchNormGradV3: [0, 1],
  Relu: [0],
  ReluGrad: [0, 1],
  AddV2: [0, 1],
  MaxPool: [0],
  MaxPoolGrad: [0, 1, 2],
  AvgPool: [0],
  AvgPoolGrad: [1],
  StridedSlice: [0],
  StridedSliceGrad: [4],
  PadV2: [0, 2],
  Pad: [0],
  Slice: [0],
  SplitV: [0],
  Reshape: [0],
  BiasAdd: [0, 1],
};
/** Cheap ops are lowered only where these inputs are bfloat16 already: a cast would cost more than it saves. */
const FOLLOWS: Record<string, readonly number[]> = {
  AddV2: [0, 1],
  StridedSlice: [0],
  StridedSliceGrad: [4],
  PadV2: [0],
  Pad: [0],
  Slice: [0],
  SplitV: [0],
  Reshape: [0],
  BiasAdd: [0],
};
/** Those whose every output has the type of the input; of the others only the first has. */
const ALIKE = new Set(['SplitV']);

export interface Lowered {
  nodes: GraphNode[];
  /** A float32 symbol for any symbol of the graph; may add a cast to `nodes`. */
  asFloat32(symbol: string): string;
}

export function lowerToBfloat16(nodes: readonly GraphNode[]): Lowered {
  const lowered: GraphNode[] = [];
  const half = new Set<string>();
  const alike = new Set<string>();
  const isHalf = (symbol: string): boolean => half.has(symbol) || alike.has(symbol.split(':')[0] as string);
  const casts = new Map<string, string>();

  const cast = (symbol: string, to: 'bfloat16' | 'float32'): string => {
    if (isHalf(symbol) === (to === 'bfloat16')) return symbol;
    const key = `${symbol} ${to}`;
    const name = casts.get(key) ?? `${symbol.replace(':', '_')}/${to}`;
    if (!casts.has(key)) lowered.push(castNode(name, symbol, to));
    casts.set(key, name);
    if (to === 'bfloat16') half.add(name);
    return name;
  };

  for (const node of nodes) {
    const wide = inputsToLower(node, isHalf);
    const inputs = node.inputs.map((symbol, index) => cast(symbol, wide?.includes(index) ? 'bfloat16' : 'float32'));
    lowered.push(
      wide ? { ...node, inputs, attributes: { ...node.attributes, T: { type: DTYPE.bfloat16 } } } : { ...node, inputs },
    );
    if (wide) (ALIKE.has(node.op) ? alike : half).add(node.name);
  }
  return { nodes: lowered, asFloat32: symbol => cast(symbol, 'float32') };
}

function inputsToLower(node: GraphNode, isHalf: (symbol: string) => boolean): readonly number[] | undefined {
  const wide = node.op === 'ConcatV2' ? allButAxis(node) : LOWERED[node.op];
  const T = node.attributes.T;
  if (!wide || !T || !('type' in T) || T.type !== DTYPE.float32) return undefined;
  const followed = node.op === 'ConcatV2' ? wide : FOLLOWS[node.op];
  if (followed?.some(index => !isHalf(node.inputs[index] as string))) return undefined;
  return wide;
}

/** ConcatV2 has as many values as it likes, then the axis. */
const allButAxis = ({ inputs }: GraphNode): number[] => inputs.slice(0, -1).map((_, index) => index);

function castNode(name: string, symbol: string, to: 'bfloat16' | 'float32'): GraphNode {
  const from = to === 'bfloat16' ? DTYPE.float32 : DTYPE.bfloat16;
  return { name, op: 'Cast', inputs: [symbol], attributes: { SrcT: { type: from }, DstT: { type: DTYPE[to] } } };
}

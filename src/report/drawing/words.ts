/** Layers in the papers' words: "3×3 conv, 64, /2". */
import type { Layer, Op, Shape } from '../../core/net.ts';

export const formatShape = (shape: Shape): string => shape.join('×');

/** What a layer does, for its box. */
export function describeOp({ op }: Layer): string {
  switch (op.kind) {
    case 'input':
      return 'image';
    case 'conv':
      return convWords(op);
    case 'pool':
      return [`${op.size}×${op.size} ${op.type} pool`, strideWord(op.stride)].filter(Boolean).join(', ');
    case 'global-average-pool':
      return 'global average pool';
    case 'dense':
      return `dense, ${op.units}`;
    case 'rbf':
      return `distances to ${op.codes.length} codes`;
    case 'subsample-pad':
      return ['zero padding', strideWord(op.stride)].filter(Boolean).join(', ');
    case 's-cells':
      return `${op.size}×${op.size} S-cells, ${op.planes} planes`;
    case 'c-cells':
      return [`${op.size}×${op.size} C-cells`, strideWord(op.stride)].filter(Boolean).join(', ');
    case 'add':
      return '+';
    case 'gate':
      return 'T·H + (1 − T)·x';
    default:
      return describeFollower(op) || op.kind;
  }
}

/** A layer that only follows another one and shares its box; '' for all that have a box of their own. */
export function describeFollower(op: Op): string {
  switch (op.kind) {
    case 'batch-norm':
      return 'BN';
    case 'activation':
      return { relu: 'ReLU', 'scaled-tanh': 'scaled tanh' }[op.function as string] ?? op.function;
    case 'lrn':
      return 'LRN';
    case 'dropout':
      return `dropout ${op.rate}`;
    case 'scale':
      return `× ${op.factor}`;
    case 'affine':
      return 'scale and bias';
    case 'flatten':
      return 'flatten';
    default:
      return '';
  }
}

/** Half of a grouped convolution, where it is drawn as two towers. */
export function describeTower({ op }: Layer): string {
  if (op.kind !== 'conv') return '';
  return convWords({ ...op, filters: op.filters / op.groups, groups: 1 });
}

function convWords(op: Extract<Op, { kind: 'conv' }>): string {
  const { kernel, filters, stride, groups, dilation, connections } = op;
  const words = [
    `${kernel.join('×')} conv`,
    String(filters),
    strideWord(stride),
    groups > 1 ? `${groups} groups` : '',
    dilation > 1 ? `dilation ${dilation}` : '',
    connections ? 'by table' : '',
  ];
  return words.filter(Boolean).join(', ');
}

function strideWord(stride: number): string {
  return stride === 1 ? '' : `/${stride}`;
}

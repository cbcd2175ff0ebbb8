/** A net's layers as rows of a table: each with the layers that only follow it (nonlinearity, norm, dropout). */
import type { Layer, Op, Shape } from '../../core/net.ts';
import type { LayerFigures } from '../../nets/index.ts';
import { formatShape } from './format.ts';

export interface NetRow {
  name: string;
  kind: string;
  /** "5×5", with groups "5×5 g2", dilated "3×3 d2". */
  kernel: string;
  stride: string;
  output: Shape;
  /** "lrn relu": what follows in the same row. */
  followers: string;
  parameters: number;
  macs: number;
  connections: number;
  neurons: number;
  receptiveField: LayerFigures['receptiveField'];
}

export function netRows(figures: readonly LayerFigures[], all: boolean): NetRow[] {
  const rows: NetRow[] = [];
  let last: Layer | undefined;
  for (const one of figures) {
    const follows = !all && last !== undefined && last.op.kind !== 'input' && one.layer.inputs[0] === last;
    const word = follows ? followerWord(one.layer.op) : '';
    const row = rows.at(-1);
    if (word && row) rows[rows.length - 1] = withFollower(row, one, word);
    else rows.push(rowOf(one));
    last = one.layer;
  }
  return rows;
}

/** One line that says all of a row but its counts: "conv 5×5 g2 relu lrn → 27×27×256". */
export function describeRow({ kind, kernel, stride, followers, output }: NetRow): string {
  const words = [kind, kernel, stride === '' || stride === '1' ? '' : `/${stride}`, followers];
  return `${words.filter(word => word !== '').join(' ')} → ${formatShape(output)}`;
}

function rowOf({ layer, ...figures }: LayerFigures): NetRow {
  const { name, op, output } = layer;
  return { name, kind: kindWord(op), ...windowWords(op), output, followers: '', ...figures };
}

function withFollower(row: NetRow, { parameters, layer }: LayerFigures, word: string): NetRow {
  return {
    ...row,
    output: layer.op.kind === 'flatten' ? row.output : layer.output,
    followers: row.followers === '' ? word : `${row.followers} ${word}`,
    parameters: row.parameters + parameters,
  };
}

/** '' for layers that have a row of their own. */
function followerWord(op: Op): string {
  switch (op.kind) {
    case 'activation':
      return op.function;
    case 'batch-norm':
      return 'norm';
    case 'dropout':
      return `dropout ${op.rate}`;
    case 'scale':
      return `× ${op.factor}`;
    case 'lrn':
    case 'flatten':
      return op.kind;
    default:
      return '';
  }
}

function kindWord(op: Op): string {
  if (op.kind === 'pool') return op.type === 'max' ? 'max pool' : 'avg pool';
  return op.kind === 'global-average-pool' ? 'mean' : followerWord(op) || op.kind;
}

function windowWords(op: Op): { kernel: string; stride: string } {
  if (op.kind === 'pool' || op.kind === 'c-cells')
    return { kernel: `${op.size}×${op.size}`, stride: String(op.stride) };
  if (op.kind === 's-cells') return { kernel: `${op.size}×${op.size}`, stride: '1' };
  if (op.kind === 'subsample-pad') return { kernel: '', stride: String(op.stride) };
  if (op.kind !== 'conv') return { kernel: '', stride: '' };
  const extras = `${op.groups > 1 ? ` g${op.groups}` : ''}${op.dilation > 1 ? ` d${op.dilation}` : ''}`;
  return { kernel: `${op.kernel.join('×')}${extras}`, stride: String(op.stride) };
}

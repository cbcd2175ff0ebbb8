/** Lines of TensorFlow's executor (VLOG 2) and of oneDNN (verbose with timestamps), as far as a profile needs them. */

export interface KernelLine {
  begins: boolean;
  /** Milliseconds since 1970. */
  at: number;
  node: string;
  /** Number of the node in its graph, and of the execution. */
  id: number;
  step: number;
  kernel: string;
}

export interface KernelTime {
  entry: string;
  layer: string;
  /** TensorFlow's name of the operation, without the marks of its oneDNN kernels. */
  operation: string;
  step: number;
  from: number;
  to: number;
}

export interface PrimitiveTime {
  /** Milliseconds since 1970. */
  at: number;
  kind: string;
  ms: number;
}

const KERNEL =
  /^[A-Z]\d+ \d+:\d+:(\d+\.\d+)\s+\d+ executor\.cc:\d+\] (Process node|Synchronous kernel done): (\d+) step (\d+) \{\{node ([^}]+)\}\} = (\w+)/;

export function parseKernelLine(line: string): KernelLine | undefined {
  const match = KERNEL.exec(line);
  if (!match) return undefined;
  const [, seconds, what, id, step, node = '', kernel = ''] = match;
  const begins = what === 'Process node';
  return { begins, at: 1000 * Number(seconds), id: Number(id), step: Number(step), node, kernel };
}

export function parsePrimitiveLine(line: string): PrimitiveTime | undefined {
  const fields = line.split(',');
  if (fields[0] !== 'onednn_verbose' || fields[4] !== 'exec') return undefined;
  const [at, ms] = [Number(fields[2]), Number(fields.at(-1))];
  return Number.isFinite(at) && Number.isFinite(ms) ? { at, kind: fields[6] as string, ms } : undefined;
}

/** Beginnings and ends brought together. Nodes outside of an entry (arguments, results) belong to the layer ''. */
export function kernelTimes(lines: readonly KernelLine[]): KernelTime[] {
  const begun = new Map<string, number>();
  return lines.flatMap(({ begins, at, id, step, node, kernel }): KernelTime[] => {
    const key = `${step} ${id}`;
    const from = begun.get(key);
    if (begins) begun.set(key, at);
    if (begins || from === undefined) return [];
    return [{ ...placeOf(node), operation: kernel.replace(/^_(Mkl)?(Native)?/, ''), step, from, to: at }];
  });
}

/** Names of traced nodes are `entry/layer/op_number`; passes of TensorFlow put their own words around them. */
function placeOf(node: string): Pick<KernelTime, 'entry' | 'layer'> {
  const [, entry, layer] = /(?:^|\/)(train|evaluate|predict)\/([^/]+)\/\w+?_\d+/.exec(node) ?? [];
  const outside = /(?:^|[_/])(train|evaluate|predict)\//.exec(node)?.[1];
  return { entry: entry ?? outside ?? '', layer: layer ?? '(step)' };
}

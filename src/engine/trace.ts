/**
 * Tracing: run a function once with eager tfjs and write down every kernel it calls as a node of a TensorFlow graph.
 * tfjs-node sends all work through two functions of its binding: `executeOp` becomes a node, `createTensor` a constant.
 */
import { describeError, UserError } from '../core/errors.ts';
import {
  type Binding,
  backendOf,
  DTYPE,
  type OpAttribute,
  type Tensor,
  type TensorFlow,
  type TensorHandle,
} from './backend.ts';
import type { AttrValue, GraphNode } from './graph.ts';
import { currentPlace } from './place.ts';

export interface Trace {
  nodes: GraphNode[];
  /** What each node gave: nothing is known of constants. */
  outputs: (readonly TensorHandle[])[];
  /** For each result, the symbol (`node` or `node:output`) that computes it. */
  symbols: Record<string, string>;
}

/**
 * Traces `body`. `arguments_` gives each input tensor the symbol that it has in the graph; names of new nodes begin
 * with `scope`. A tensor from elsewhere would be burned in as it is at this moment: that is refused. Given an earlier trace
 * of the same step nothing is computed: each kernel gives memory of the shape that it gave then, with no values set.
 */
export function trace(
  tf: TensorFlow,
  scope: string,
  arguments_: readonly { tensor: Tensor; symbol: string }[],
  body: () => Record<string, Tensor>,
  earlier?: Trace,
): Trace {
  const backend = backendOf(tf);
  const recorder = new Recorder(backend.binding, scope, earlier);
  for (const { tensor, symbol } of arguments_)
    recorder.know(idOf(tf, tensor), symbol, DTYPE[tensor.dtype as 'float32']);
  const original = backend.binding;
  backend.binding = recorder.intercept();
  try {
    const results = Object.entries(body());
    return {
      nodes: recorder.nodes,
      outputs: recorder.outputs,
      symbols: Object.fromEntries(results.map(([name, tensor]) => [name, recorder.symbolOf(idOf(tf, tensor), name)])),
    };
  } finally {
    backend.binding = original;
  }
}

/** The binding's handle of a tensor; uploads it if it is still on JavaScript's side. */
function idOf(tf: TensorFlow, tensor: Tensor): number {
  return backendOf(tf).getInputTensorIds([tensor])[0] as number;
}

/** Type attributes that tfjs-node leaves to eager execution to infer: attribute → the input whose type it is. */
const INFERRED: Record<string, Record<string, number>> = { ExpandDims: { T: 0, Tdim: 1 } };

class Recorder {
  readonly nodes: GraphNode[] = [];
  readonly outputs: (readonly TensorHandle[])[] = [];
  readonly #earlier: Trace | undefined;
  readonly #symbols = new Map<number, string>();
  readonly #types = new Map<number, number>();
  readonly #binding: Binding;
  readonly #scope: string;

  constructor(binding: Binding, scope: string, earlier?: Trace) {
    this.#binding = binding;
    this.#scope = scope;
    this.#earlier = earlier;
  }

  know(id: number, symbol: string, dtype: number): void {
    this.#symbols.set(id, symbol);
    this.#types.set(id, dtype);
  }

  symbolOf(id: number, reader: string): string {
    const symbol = this.#symbols.get(id);
    if (symbol !== undefined) return symbol;
    throw new UserError(
      `${this.#where()}: ${reader} reads a tensor from outside the step. Pass it as an input or variable.`,
    );
  }

  /** The binding with two functions replaced. Its own properties are read-only, so they are copied to a plain object. */
  intercept(): Binding {
    const names = Object.getOwnPropertyNames(this.#binding) as (keyof Binding)[];
    const copy = Object.fromEntries(names.map(name => [name, this.#binding[name]])) as unknown as Binding;
    copy.tensorDataSync = () => this.#refuseReading();
    copy.createTensor = (shape, dtype, data) => this.#constant(shape, dtype, data);
    copy.executeOp = (op, attributes, inputs, outputs) => this.#op(op, attributes, inputs, outputs);
    return copy;
  }

  #constant(shape: readonly number[], dtype: number, data: ArrayBufferView): number {
    const id = this.#binding.createTensor(shape, dtype, data);
    const name = this.#name('Const');
    const bytes = bytesOf(dtype, data as unknown as ArrayLike<number>);
    this.nodes.push({
      name,
      op: 'Const',
      inputs: [],
      attributes: { dtype: { type: dtype }, value: { tensor: { dtype, shape, bytes } } },
    });
    this.outputs.push([]);
    this.know(id, name, dtype);
    return id;
  }

  /** What is read is a number of this one run, and whatever JavaScript makes of it would be burned in. */
  #refuseReading(): never {
    throw new UserError(
      `${this.#where()}: values of a tensor are read (dataSync, array, print). A step that is compiled computes with tensors only: use ops, or give the value as an input.`,
    );
  }

  #op(op: string, attributes: OpAttribute[], ids: number[], count: number): TensorHandle[] {
    const inputs = ids.map(id => this.symbolOf(id, op));
    const outputs = this.#unset(op) ?? this.#run(op, attributes, ids, count);
    const name = this.#name(op);
    this.nodes.push({ name, op, inputs, attributes: this.#attributes(op, attributes, ids) });
    this.outputs.push(outputs);
    outputs.forEach((output, index) => {
      this.know(output.id, index === 0 ? name : `${name}:${index}`, output.dtype);
    });
    return outputs;
  }

  /** Outputs without values, if the earlier trace has the same kernel at this place. */
  #unset(op: string): TensorHandle[] | undefined {
    const index = this.nodes.length;
    if (this.#earlier?.nodes[index]?.op !== op) return undefined;
    return this.#earlier.outputs[index]?.map(({ shape, dtype }) => this.#empty(shape, dtype));
  }

  #empty(shape: readonly number[], dtype: number): TensorHandle {
    const b = this.#binding;
    const attributes = [
      { name: 'dtype', type: b.TF_ATTR_TYPE, value: dtype },
      { name: 'init', type: b.TF_ATTR_BOOL, value: false },
    ];
    const dimensions = b.createTensor([shape.length], DTYPE.int32, Int32Array.from(shape));
    const [output] = b.executeOp('Empty', attributes, [dimensions], 1);
    b.deleteTensor(dimensions);
    return output as TensorHandle;
  }

  #run(op: string, attributes: OpAttribute[], ids: number[], count: number): TensorHandle[] {
    try {
      return this.#binding.executeOp(op, attributes, ids, count);
    } catch (error) {
      const remedy = 'Use shapes and options that TensorFlow has a kernel for, or another op.';
      throw new UserError(`${this.#where()}: ${op} cannot be computed: ${describeError(error)}. ${remedy}`, {
        cause: error,
      });
    }
  }

  #attributes(op: string, attributes: OpAttribute[], ids: readonly number[]): Record<string, AttrValue> {
    const inferred = Object.entries(INFERRED[op] ?? {}).map(([name, input]): [string, AttrValue] => [
      name,
      { type: this.#types.get(ids[input] as number) as number },
    ]);
    const given = attributes.map((attribute): [string, AttrValue] => [attribute.name, this.#attribute(op, attribute)]);
    return Object.fromEntries([...inferred, ...given]);
  }

  #attribute(op: string, { name, type, value }: OpAttribute): AttrValue {
    const b = this.#binding;
    if (type === b.TF_ATTR_TYPE) return { type: value as number };
    if (type === b.TF_ATTR_FLOAT) return { f: value as number };
    if (type === b.TF_ATTR_BOOL) return { b: Boolean(value) };
    if (type === b.TF_ATTR_STRING) return { s: value as string };
    if (type === b.TF_ATTR_SHAPE) return { shape: value as number[] };
    if (type === b.TF_ATTR_INT) return Array.isArray(value) ? { ints: value as number[] } : { i: value as number };
    throw new UserError(
      `${this.#where()}: ${op} cannot be traced: its attribute ${name} is of an unknown kind (${type}). Use another op.`,
    );
  }

  /** The entry, and the layer if there is one. */
  #where(): string {
    const place = currentPlace();
    return place === '' ? this.#scope : `${this.#scope}, layer ${place}`;
  }

  #name(op: string): string {
    return [this.#scope, currentPlace() || 'step', `${op}_${this.nodes.length}`].join('/');
  }
}

/** The binding takes any list of numbers; the graph wants the bytes of the type. */
function bytesOf(dtype: number, values: ArrayLike<number>): Uint8Array {
  const typed =
    dtype === DTYPE.float32
      ? Float32Array.from(values)
      : dtype === DTYPE.int32
        ? Int32Array.from(values)
        : Uint8Array.from(values);
  return new Uint8Array(typed.buffer);
}

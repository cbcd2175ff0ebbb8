/**
 * A program: variables, and entries that read and update them. The same pure step functions run in two ways that give
 * the same bits in float32: compiled to one TensorFlow graph (what training uses), and eagerly op by op (what tests and
 * debugging use).
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Precision } from '../core/experiment.ts';
import { sizeOf } from '../core/parameters.ts';
import {
  type Backend,
  backendOf,
  DTYPE,
  type Tensor,
  type TensorFlow,
  type TensorHandle,
  type ValueSpec,
  type Values,
} from './backend.ts';
import { lowerToBfloat16 } from './bfloat16.ts';
import { type AttrValue, encodeSavedModel, GRAPH_TAG, type GraphNode } from './graph.ts';
import { trace } from './trace.ts';

export type TensorsByName = Record<string, Tensor>;

/** A pure function of variables and inputs. `updates` are the new values of some variables. */
export type StepFunction = (
  variables: TensorsByName,
  inputs: TensorsByName,
) => { outputs: TensorsByName; updates?: TensorsByName };

interface Entry {
  inputs: Record<string, ValueSpec>;
  /** Names of what `step` puts out, float32. */
  outputs: readonly string[];
  step: StepFunction;
}

export interface ProgramSpec {
  /** Shapes of the float32 variables. */
  variables: Record<string, readonly number[]>;
  entries: Record<string, Entry>;
}

export interface Program {
  /** Values of all inputs of the entry in, values of all its outputs out. */
  run(entry: string, inputs: Record<string, Values>): Record<string, Float32Array>;
  /** Copies of all variables. */
  read(): Record<string, Float32Array>;
  /** Sets all variables. */
  write(values: Record<string, Float32Array>): void;
  dispose(): void;
}

export async function compileProgram(
  tf: TensorFlow,
  spec: ProgramSpec,
  precision: Precision = 'float32',
): Promise<Program> {
  const nodes = [
    ...variableNodes(spec),
    ...Object.entries(spec.entries).flatMap(([name, entry]) => entryNodes(tf, spec, name, entry, precision)),
  ];
  const session = await loadGraph(tf, nodes);
  return sessionProgram(tf, spec, session);
}

export function eagerProgram(tf: TensorFlow, spec: ProgramSpec): Program {
  const variables: TensorsByName = {};
  const replace = (name: string, value: Tensor): void => {
    variables[name]?.dispose();
    variables[name] = value;
  };
  return {
    run(name, values) {
      const entry = spec.entries[name] as Entry;
      const inputs = mapValues(entry.inputs, (input, key) =>
        tf.keep(tf.tensor(values[key] as Values, [...input.shape], input.dtype)),
      );
      const { outputs, updates = {} } = runKept(tf, () => entry.step(variables, inputs));
      for (const [key, value] of Object.entries(updates)) replace(key, value);
      const results = mapValues(outputs, tensor => tensor.dataSync() as Float32Array);
      disposeAll([inputs, outputs]);
      return results;
    },
    read: () => mapValues(variables, tensor => Float32Array.from(tensor.dataSync())),
    write: values => {
      for (const [key, shape] of Object.entries(spec.variables))
        replace(key, tf.keep(tf.tensor(values[key] as Float32Array, [...shape], 'float32')));
    },
    dispose: () => disposeAll([variables]),
  };
}

/** Runs a step and keeps what it returns; all else is freed. */
function runKept(tf: TensorFlow, step: () => ReturnType<StepFunction>): ReturnType<StepFunction> {
  tf.engine().startScope();
  try {
    const result = step();
    for (const tensors of [result.outputs, result.updates ?? {}])
      Object.values(tensors).forEach(tensor => void tf.keep(tensor));
    return result;
  } finally {
    tf.engine().endScope();
  }
}

const readOf = (entry: string, variable: string): string => `${entry}/read/${variable}`;
const inputOf = (entry: string, input: string): string => `${entry}/input/${input}`;
const outputOf = (entry: string, output: string): string => `${entry}/output/${output}`;
const handleOf = (variable: string): string => `variable/${variable}`;
const FLOAT: AttrValue = { type: DTYPE.float32 };

/** Handles of all variables, and what reads and writes them from outside. */
function variableNodes({ variables }: ProgramSpec): GraphNode[] {
  return Object.entries(variables).flatMap(([name, shape]): GraphNode[] => [
    {
      name: handleOf(name),
      op: 'VarHandleOp',
      inputs: [],
      attributes: { dtype: FLOAT, shape: { shape }, shared_name: { s: name } },
    },
    { name: readOf('state', name), op: 'ReadVariableOp', inputs: [handleOf(name)], attributes: { dtype: FLOAT } },
    { name: inputOf('state', name), op: 'Placeholder', inputs: [], attributes: { dtype: FLOAT, shape: { shape } } },
    assignNode('state', name, inputOf('state', name), []),
    {
      name: outputOf('state', name),
      op: 'Identity',
      inputs: [inputOf('state', name), `^state/assign/${name}`],
      attributes: { T: FLOAT },
    },
  ]);
}

function assignNode(entry: string, variable: string, value: string, after: readonly string[]): GraphNode {
  return {
    name: `${entry}/assign/${variable}`,
    op: 'AssignVariableOp',
    inputs: [handleOf(variable), value, ...after],
    attributes: { dtype: FLOAT },
  };
}

/** The traced step between its reads and placeholders on one side, its outputs and assignments on the other. */
function entryNodes(tf: TensorFlow, spec: ProgramSpec, name: string, entry: Entry, precision: Precision): GraphNode[] {
  const traced = traceEntry(tf, spec, name, entry);
  const { nodes, asFloat32 } =
    precision === 'bfloat16'
      ? lowerToBfloat16(traced.nodes)
      : { nodes: traced.nodes, asFloat32: (symbol: string) => symbol };
  const reads = Object.keys(spec.variables).map(
    (variable): GraphNode => ({
      name: readOf(name, variable),
      op: 'ReadVariableOp',
      inputs: [handleOf(variable)],
      attributes: { dtype: FLOAT },
    }),
  );
  const placeholders = Object.entries(entry.inputs).map(
    ([key, { dtype, shape }]): GraphNode => ({
      name: inputOf(name, key),
      op: 'Placeholder',
      inputs: [],
      attributes: { dtype: { type: DTYPE[dtype] }, shape: { shape } },
    }),
  );
  // A variable is read once an entry, and assigned after that read: every op of a step sees the values from before it.
  const assigns = traced.updates.map(([variable, symbol]) =>
    assignNode(name, variable, asFloat32(symbol), [`^${readOf(name, variable)}`]),
  );
  const after = assigns.map(assign => `^${assign.name}`);
  const outputs = traced.outputs.map(
    ([key, symbol]): GraphNode => ({
      name: outputOf(name, key),
      op: 'Identity',
      inputs: [asFloat32(symbol), ...after],
      attributes: { T: FLOAT },
    }),
  );
  return [...reads, ...placeholders, ...nodes, ...assigns, ...outputs];
}

/** One eager run on zeros, written down. */
function traceEntry(tf: TensorFlow, spec: ProgramSpec, name: string, entry: Entry) {
  const variables = mapValues(spec.variables, shape => tf.fill([...shape], 0.5));
  const inputs = mapValues(entry.inputs, ({ dtype, shape }) => tf.zeros([...shape], dtype));
  const known = [
    ...Object.entries(variables).map(([key, tensor]) => ({ tensor, symbol: readOf(name, key) })),
    ...Object.entries(inputs).map(([key, tensor]) => ({ tensor, symbol: inputOf(name, key) })),
  ];
  let result: ReturnType<StepFunction> | undefined;
  const { nodes, symbols } = trace(tf, name, known, () => {
    result = runKept(tf, () => entry.step(variables, inputs));
    return { ...prefixKeys('output ', result.outputs), ...prefixKeys('update ', result.updates ?? {}) };
  });
  disposeAll([variables, inputs, result?.outputs ?? {}, result?.updates ?? {}]);
  return { nodes, outputs: unprefixed('output ', symbols), updates: unprefixed('update ', symbols) };
}

async function loadGraph(tf: TensorFlow, nodes: readonly GraphNode[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-graph-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), encodeSavedModel(nodes));
    return backendOf(tf).binding.loadSavedModel(folder, GRAPH_TAG);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Talks to the session below tfjs: values go in and out without becoming tensors of tfjs. */
function sessionProgram(tf: TensorFlow, spec: ProgramSpec, session: number): Program {
  const { binding } = backendOf(tf);
  const variables = Object.entries(spec.variables);
  const call = (inputs: readonly [string, ValueSpec, Values][], outputs: readonly string[]): Float32Array[] => {
    const ids = inputs.map(([name, { dtype, shape }, values]) =>
      binding.createTensor(shape, DTYPE[dtype], checkedSize(name, shape, values)),
    );
    try {
      const handles = binding.runSavedModel(session, ids, inputs.map(([name]) => name).join(), outputs.join());
      return handles.map(handle => takeValues(binding, handle));
    } finally {
      ids.forEach(id => void binding.deleteTensor(id));
    }
  };
  return {
    run(name, values) {
      const entry = spec.entries[name] as Entry;
      const inputs = Object.entries(entry.inputs).map(([key, input]): [string, ValueSpec, Values] => [
        inputOf(name, key),
        input,
        values[key] as Values,
      ]);
      const results = call(
        inputs,
        entry.outputs.map(output => outputOf(name, output)),
      );
      return Object.fromEntries(entry.outputs.map((output, index) => [output, results[index] as Float32Array]));
    },
    read() {
      const values = call(
        [],
        variables.map(([name]) => readOf('state', name)),
      );
      return Object.fromEntries(variables.map(([name], index) => [name, values[index] as Float32Array]));
    },
    write(values) {
      const inputs = variables.map(([name, shape]): [string, ValueSpec, Values] => [
        inputOf('state', name),
        { dtype: 'float32', shape },
        values[name] as Float32Array,
      ]);
      call(
        inputs,
        variables.map(([name]) => outputOf('state', name)),
      );
    },
    dispose: () => binding.deleteSavedModel(session),
  };
}

function takeValues(binding: Backend['binding'], handle: TensorHandle): Float32Array {
  const values = binding.tensorDataSync(handle.id) as Float32Array;
  binding.deleteTensor(handle.id);
  return values;
}

function checkedSize(name: string, shape: readonly number[], values: Values | undefined): Values {
  if (values?.length === sizeOf(shape)) return values;
  throw new Error(`${name}: expected ${sizeOf(shape)} values for [${shape}], got ${values?.length ?? 'none'}`);
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A, key: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

const prefixKeys = <T>(prefix: string, record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [prefix + key, value]));

const unprefixed = <T>(prefix: string, record: Record<string, T>): [string, T][] =>
  Object.entries(record).flatMap(([key, value]): [string, T][] =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
  );

function disposeAll(groups: readonly TensorsByName[]): void {
  for (const group of groups) for (const tensor of Object.values(group)) tensor.dispose();
}

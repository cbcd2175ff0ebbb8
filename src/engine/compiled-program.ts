/** A program as one TensorFlow graph: all entries share its variables, which live in the session. */

import { isDeepStrictEqual } from 'node:util';
import type { Precision } from '../core/cell-config.ts';
import { UserError } from '../core/errors.ts';
import { DTYPE, type Tensor, type TensorFlow, type ValueSpec } from './backend.ts';
import { lowerToBfloat16 } from './bfloat16.ts';
import { runKept } from './eager-program.ts';
import { type AttrValue, encodeSavedModel, type GraphNode } from './graph.ts';
import { cachedGraph } from './graph-cache.ts';
import { handleOf, inputOf, outputOf, readOf } from './graph-names.ts';
import { disposeAll, mapValues } from './named-tensors.ts';
import type { Entry, Program, ProgramSpec, StepFunction } from './program.ts';
import { openSession } from './session.ts';
import { type Trace, trace } from './trace.ts';

const FLOAT: AttrValue = { type: DTYPE.float32 };

export interface CompileOptions {
  precision?: Precision;
  /** Hash of all that decides the graph, code included: a graph that was traced under it before is taken as it is. */
  cacheKey?: string;
}

export async function compileProgram(
  tf: TensorFlow,
  spec: ProgramSpec,
  { precision = 'float32', cacheKey }: CompileOptions = {},
): Promise<Program> {
  const build = (): Uint8Array => encodeSavedModel(graphOf(tf, spec, precision));
  return openSession(tf, spec, cacheKey === undefined ? build() : cachedGraph(cacheKey, build));
}

/** All nodes of a program's graph. */
export function graphOf(tf: TensorFlow, spec: ProgramSpec, precision: Precision = 'float32'): GraphNode[] {
  return [
    ...variableNodes(spec),
    ...Object.entries(spec.entries).flatMap(([name, entry]) => entryNodes(tf, spec, name, entry, precision)),
  ];
}

/** Handles of all variables, and what reads and writes them from outside. */
function variableNodes({ variables }: ProgramSpec): GraphNode[] {
  return Object.entries(variables).flatMap(([name, shape]): GraphNode[] => [
    {
      name: handleOf(name),
      op: 'VarHandleOp',
      inputs: [],
      attributes: { dtype: FLOAT, shape: { shape }, shared_name: { s: name } },
    },
    readNode('state', name),
    inputNode('state', name, { dtype: 'float32', shape }),
    assignNode('state', name, inputOf('state', name), []),
    outputNode('state', name, [inputOf('state', name), `^state/assign/${name}`]),
  ]);
}

const readNode = (entry: string, variable: string): GraphNode => ({
  name: readOf(entry, variable),
  op: 'ReadVariableOp',
  inputs: [handleOf(variable)],
  attributes: { dtype: FLOAT },
});

const inputNode = (entry: string, input: string, { dtype, shape }: ValueSpec): GraphNode => ({
  name: inputOf(entry, input),
  op: 'Placeholder',
  inputs: [],
  attributes: { dtype: { type: DTYPE[dtype] }, shape: { shape } },
});

const outputNode = (entry: string, output: string, inputs: readonly string[]): GraphNode => ({
  name: outputOf(entry, output),
  op: 'Identity',
  inputs,
  attributes: { T: FLOAT },
});

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
      ? lowerToBfloat16(traced.trace.nodes)
      : { nodes: traced.trace.nodes, asFloat32: (symbol: string) => symbol };
  const reads = Object.keys(spec.variables).map(variable => readNode(name, variable));
  const inputs = Object.entries(entry.inputs).map(([key, input]) => inputNode(name, key, input));
  // A variable is read once an entry, and assigned after that read: every op of a step sees the values from before it.
  const assigns = traced.updates.map(([variable, symbol]) =>
    assignNode(name, variable, asFloat32(symbol), [`^${readOf(name, variable)}`]),
  );
  const after = assigns.map(assign => `^${assign.name}`);
  const outputs = traced.outputs.map(([key, symbol]) => outputNode(name, key, [asFloat32(symbol), ...after]));
  return [...reads, ...inputs, ...nodes, ...assigns, ...outputs];
}

interface TracedEntry {
  trace: Trace;
  outputs: [string, string][];
  updates: [string, string][];
}

/**
 * Two runs on different values, written down: what differs between them depends on values, and would be burned in. Only
 * JavaScript could make a difference, so the second need not compute.
 */
function traceEntry(tf: TensorFlow, spec: ProgramSpec, name: string, entry: Entry): TracedEntry {
  const traced = traceOnce(tf, spec, name, entry, { variable: 0.5, input: 0 });
  const again = traceOnce(tf, spec, name, entry, { variable: 0.25, input: 1 }, traced.trace);
  refuseDifference(name, traced.trace.nodes, again.trace.nodes);
  return traced;
}

function traceOnce(
  tf: TensorFlow,
  spec: ProgramSpec,
  name: string,
  entry: Entry,
  values: { variable: number; input: number },
  earlier?: Trace,
): TracedEntry {
  const variables = mapValues(spec.variables, shape => tf.fill([...shape], values.variable));
  const inputs = mapValues(entry.inputs, ({ dtype, shape }) => tf.fill([...shape], values.input, dtype));
  const known = [
    ...Object.entries(variables).map(([key, tensor]) => ({ tensor, symbol: readOf(name, key) })),
    ...Object.entries(inputs).map(([key, tensor]) => ({ tensor, symbol: inputOf(name, key) })),
  ];
  let result: ReturnType<StepFunction> | undefined;
  try {
    const body = (): Record<string, Tensor> => {
      result = runKept(tf, () => entry.step(variables, inputs));
      return { ...prefixKeys('output ', result.outputs), ...prefixKeys('update ', result.updates ?? {}) };
    };
    const traced = trace(tf, name, known, body, earlier);
    const { symbols } = traced;
    return { trace: traced, outputs: unprefixed('output ', symbols), updates: unprefixed('update ', symbols) };
  } finally {
    disposeAll([variables, inputs, result?.outputs ?? {}, result?.updates ?? {}]);
  }
}

function refuseDifference(entry: string, first: readonly GraphNode[], second: readonly GraphNode[]): void {
  const index = first.findIndex((node, index) => !isDeepStrictEqual(node, second[index]));
  if (index === -1 && first.length === second.length) return;
  const node = first[index] ?? second[first.length];
  throw new UserError(
    `${entry}: the step is not the same for other values: ${node?.name} (${node?.op}) differs. A number that depends on step, seed or batch must be an input of the step, not a constant.`,
  );
}

const prefixKeys = <T>(prefix: string, record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [prefix + key, value]));

const unprefixed = <T>(prefix: string, record: Record<string, T>): [string, T][] =>
  Object.entries(record).flatMap(([key, value]): [string, T][] =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
  );

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeError, UserError } from '../core/errors.ts';
import { sizeOf } from '../core/parameters.ts';
import {
  type Binding,
  backendOf,
  DTYPE,
  type TensorFlow,
  type TensorHandle,
  type ValueSpec,
  type Values,
} from './backend.ts';
import { GRAPH_TAG } from './graph.ts';
import { inputOf, outputOf, readOf } from './graph-names.ts';
import type { Entry, Program, ProgramSpec } from './program.ts';

/** Loads the SavedModel of a program into TensorFlow. */
export async function openSession(tf: TensorFlow, spec: ProgramSpec, graph: Uint8Array): Promise<Program> {
  return sessionProgram(tf, spec, await loadGraph(tf, graph));
}

async function loadGraph(tf: TensorFlow, graph: Uint8Array): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-graph-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), graph);
    return loadFolder(backendOf(tf).binding, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Some ops run one by one and are wrong in a graph. TensorFlow names the node, and its name says the layer. */
function loadFolder(binding: Binding, folder: string): number {
  try {
    return binding.loadSavedModel(folder, GRAPH_TAG);
  } catch (error) {
    const reason = describeError(error).replace(/\.$/, '');
    const remedy = 'Use shapes and options that TensorFlow has a kernel for, or another op.';
    throw new UserError(`TensorFlow refuses the graph: ${reason}. ${remedy}`, { cause: error });
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

function takeValues(binding: Binding, handle: TensorHandle): Float32Array {
  const values = binding.tensorDataSync(handle.id) as Float32Array;
  binding.deleteTensor(handle.id);
  return values;
}

function checkedSize(name: string, shape: readonly number[], values: Values | undefined): Values {
  if (values?.length === sizeOf(shape)) return values;
  throw new Error(`${name}: expected ${sizeOf(shape)} values for [${shape}], got ${values?.length ?? 'none'}`);
}

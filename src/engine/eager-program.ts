import type { Tensor, TensorFlow, Values } from './backend.ts';
import { disposeAll, mapValues } from './named-tensors.ts';
import type { Entry, Program, ProgramSpec, StepFunction, TensorsByName } from './program.ts';

/** Runs a program's steps op by op. */
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
export function runKept(tf: TensorFlow, step: () => ReturnType<StepFunction>): ReturnType<StepFunction> {
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

/** What a compiled step may not do is refused when it is traced, and the message says where and what to do. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import type { Tensor } from '../../src/engine/backend.ts';
import { backendOf } from '../../src/engine/backend.ts';
import { compileProgram, graphOf } from '../../src/engine/compiled-program.ts';
import { eagerProgram } from '../../src/engine/eager-program.ts';
import { createOps } from '../../src/engine/ops/index.ts';
import { within } from '../../src/engine/place.ts';
import type { ProgramSpec } from '../../src/engine/program.ts';
import { type Trace, trace } from '../../src/engine/trace.ts';
import { tf } from './tensorflow.ts';

const ops = createOps(tf);
const { binding } = backendOf(tf);

/** One entry, `train`, in which a layer `conv1` makes `y` of a variable [2] and an input [1, 4, 4, 1]. */
function programOf(layer: (weight: Tensor, image: Tensor) => Tensor): ProgramSpec {
  return {
    variables: { weight: [2] },
    entries: {
      train: {
        inputs: { image: { dtype: 'float32', shape: [1, 4, 4, 1] } },
        outputs: ['y'],
        step: ({ weight }, { image }) => ({
          outputs: { y: within('conv1', () => layer(weight as Tensor, image as Tensor)) },
        }),
      },
    },
  };
}

async function refusalOf(spec: ProgramSpec): Promise<UserError> {
  const refusal = await compileProgram(tf, spec).then(
    program => {
      program.dispose();
      throw new Error('the program was compiled');
    },
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(UserError);
  return refusal as UserError;
}

let tensorsBefore: number;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(backendOf(tf).binding).toBe(binding); // a refusal leaves eager work as it was
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

describe('an op that cannot be computed', () => {
  test('is refused with its name, its layer, the reason and the remedy', async () => {
    const spec = programOf((_weight, image) =>
      ops.conv2d(image, tf.zeros([6, 6, 1, 2]), { stride: 1, padding: 'valid' }),
    );
    const { message } = await refusalOf(spec);
    expect(message).toMatch(/^train, layer conv1: Conv2D cannot be computed: .*would be negative.* Use shapes and/);
    expect(message).not.toContain('\n');
  });

  test('is refused by the graph where it would run alone, with the node, whose name holds the layer', async () => {
    // 5 of 4 pixels: op by op that is an image without pixels, in a graph a mistake.
    const spec = programOf((_weight, image) =>
      ops.conv2d(image, tf.zeros([5, 5, 1, 2]), { stride: 1, padding: 'valid' }),
    );
    const { message } = await refusalOf(spec);
    expect(message).toMatch(
      /^TensorFlow refuses the graph: .*Negative dimension.*train\/conv1\/Conv2D_1.* Use shapes and/,
    );
    expect(message).not.toContain('\n');
  });

  test('is refused also if only its gradient is, with the layer of the op', async () => {
    const spec = programOf(weight => {
      const bad = tf.customGrad((x => ({
        value: tf.mul(x as Tensor, 2),
        gradFunc: (dy: Tensor) => within('conv1', () => backendOf(tf).executeSingleOutput('NoSuchOp', [], [dy])),
      })) as Parameters<typeof tf.customGrad>[0]);
      return within('', () => tf.grad(x => bad(x as Tensor))(weight));
    });
    expect((await refusalOf(spec)).message).toMatch(
      /^train, layer conv1: NoSuchOp cannot be computed: .* or another op\.$/,
    );
  });

  test('outside of a layer is refused with the entry', async () => {
    const spec = programOf(weight => within('', () => backendOf(tf).executeSingleOutput('NoSuchOp', [], [weight])));
    expect((await refusalOf(spec)).message).toMatch(/^train: NoSuchOp cannot be computed: /);
  });
});

describe('reading values', () => {
  test.each([
    ['dataSync', (weight: Tensor) => tf.scalar(weight.dataSync()[0] as number)],
    ['arraySync', (weight: Tensor) => tf.tensor1d(weight.arraySync() as number[])],
    ['toString', (weight: Tensor) => tf.scalar(weight.toString().length)],
  ] as const)('by %s is refused with the layer', async (_, layer) => {
    const { message } = await refusalOf(programOf(layer));
    expect(message).toMatch(/^train, layer conv1: values of a tensor are read .* give the value as an input\.$/);
  });
});

describe('a tensor from outside', () => {
  test.each([
    ['that TensorFlow has already', (outside: Tensor) => outside.add(0).dispose()],
    ['that is still a list of numbers', () => undefined],
  ] as const)('%s is refused with the op that reads it', async (_, prepare) => {
    const outside = tf.tensor1d([1, 2]);
    prepare(outside);
    const { message } = await refusalOf(programOf(weight => tf.mul(weight, outside)));
    expect(message).toBe(
      'train, layer conv1: Mul reads a tensor from outside the step. Pass it as an input or variable.',
    );
    outside.dispose();
  });

  test('is refused as an output too', async () => {
    const outside = tf.tensor1d([1, 2]);
    outside.add(0).dispose();
    const { message } = await refusalOf(programOf(() => outside.clone()));
    expect(message).toMatch(/^train: output y reads a tensor from outside the step\./);
    outside.dispose();
  });
});

describe('a constant that is another one each time', () => {
  test('is refused with the node that it would be', async () => {
    let calls = 0;
    const spec = programOf(weight => tf.mul(weight, tf.scalar(++calls)));
    expect((await refusalOf(spec)).message).toMatch(
      /^train: the step is not the same for other values: train\/conv1\/Const_0 \(Const\) differs\. .* must be an input/,
    );
  });

  test.each([
    ['more', 1],
    ['fewer', 0],
  ])('is refused as well where the second time has %s ops', async (_, odd) => {
    let calls = 0;
    const spec = programOf(weight => (calls++ % 2 === odd ? tf.square(tf.square(weight)) : tf.square(weight)));
    expect((await refusalOf(spec)).message).toMatch(/^train: .* train\/conv1\/Square_1 \(Square\) differs/);
  });

  test('is found in the attributes of an op', async () => {
    let calls = 0;
    const spec = programOf((_weight, image) =>
      ops.pool(image, { type: 'max', size: ++calls, stride: 4, padding: 'valid' }),
    );
    expect((await refusalOf(spec)).message).toMatch(/train\/conv1\/MaxPool_\d+ \(MaxPool\) differs/);
  });

  test('that is the same each time is welcome', async () => {
    const spec = programOf((weight, image) => tf.add(tf.mul(weight, tf.scalar(3)), tf.sum(tf.expandDims(image, 2))));
    const [eager, compiled] = [eagerProgram(tf, spec), await compileProgram(tf, spec)];
    for (const program of [eager, compiled]) program.write({ weight: Float32Array.of(1, -2) });
    const image = Float32Array.from({ length: 16 }, (_, i) => i);
    expect(compiled.run('train', { image })).toEqual({ y: Float32Array.of(123, 114) });
    expect(eager.run('train', { image })).toEqual({ y: Float32Array.of(123, 114) });
    eager.dispose();
    compiled.dispose();
  });
});

test('nodes are named by entry and layer, those of a gradient too', () => {
  const relu = (x: Tensor) => within('relu1', () => ops.activate(x, 'relu'));
  const spec = programOf(weight => within('', () => tf.grad(x => relu(x as Tensor))(weight)));
  const names = graphOf(tf, spec).map(({ name }) => name);
  expect(names).toContainEqual(expect.stringMatching(/^train\/relu1\/Relu_\d+$/));
  expect(names).toContainEqual(expect.stringMatching(/^train\/relu1\/ReluGrad_\d+$/));
  expect(new Set(names).size).toBe(names.length);
});

test('the second trace gives memory of the shapes of the first, and runs no kernel', () => {
  const backend = backendOf(tf);
  const real = backend.binding;
  const ran: string[] = [];
  const names = Object.getOwnPropertyNames(real) as (keyof typeof real)[];
  const watched = Object.fromEntries(names.map(name => [name, real[name]])) as unknown as typeof real;
  watched.executeOp = (op, ...rest) => {
    ran.push(op);
    return real.executeOp(op, ...rest);
  };
  const x = tf.ones([2, 3]);
  const traceOnce = (earlier?: Trace): Trace => {
    const body = () => ({ y: tf.matMul(x as never, x as never, false, true) as Tensor });
    return tf.tidy(() => trace(tf, 'train', [{ tensor: x, symbol: 'x' }], body, earlier) as never) as Trace;
  };
  backend.binding = watched;
  try {
    const first = traceOnce();
    expect(ran.length).toBeGreaterThan(0);
    ran.length = 0;
    expect(traceOnce(first).nodes).toEqual(first.nodes);
    expect(new Set(ran)).toEqual(new Set(['Empty']));
  } finally {
    backend.binding = real;
    x.dispose();
  }
});

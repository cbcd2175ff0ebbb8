import { afterAll, describe, expect, test } from 'vitest';
import type { OptimiserConfig } from '../../src/core/cell-config.ts';
import { compileProgram } from '../../src/engine/compiled-program.ts';
import { eagerProgram } from '../../src/engine/eager-program.ts';
import { BATCH, batchOf, prepare, SGD, train } from './small-net.ts';
import { tf } from './tensorflow.ts';

afterAll(() => {
  expect(tf.memory().numTensors).toBe(0); // nothing of tracing or of eager steps is left behind
});

const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const OPTIMISERS = [
  { name: 'Nesterov', optimiser: { ...SGD, nesterov: true } },
  { name: 'decay of kernels only', optimiser: { ...SGD, weightDecay: 0.1, decayed: 'kernels' } },
  { name: 'clipping', optimiser: { ...SGD, clipNorm: 0.1 } },
  { name: 'averaging', optimiser: { ...SGD, rate: 0.06, averaging: 0.9 } },
  { name: 'RMSProp', optimiser: { ...SGD, kind: 'rmsprop', decay: 0.9, momentum: 0.9, epsilon: 1 } },
  { name: 'Adam', optimiser: { ...SGD, kind: 'adam', ...adam } },
  { name: 'AdamW', optimiser: { ...SGD, kind: 'adamw', ...adam } },
] as { name: string; optimiser: OptimiserConfig }[];

describe('compiled = eager', () => {
  test.each(['plain-18', 'residual-18', 'plain-34', 'residual-34'])(
    '%s: losses, variables and evaluation bit for bit',
    async name => {
      const { spec, start } = await prepare(tf, name);
      const eager = eagerProgram(tf, spec);
      const compiled = await compileProgram(tf, spec);
      expect(train(compiled, start)).toEqual(train(eager, start));
      expect(compiled.read()).toEqual(eager.read());
      const batch = { ...batchOf(99), weights: new Float32Array(BATCH).fill(1) };
      expect(compiled.run('evaluate', batch)).toEqual(eager.run('evaluate', batch));
      eager.dispose();
      compiled.dispose();
    },
  );

  test.each(OPTIMISERS)('$name: another step than plain SGD, and the same bits both ways', async ({ optimiser }) => {
    const { spec, start } = await prepare(tf, 'plain-18', optimiser);
    const eager = eagerProgram(tf, spec);
    const compiled = await compileProgram(tf, spec);
    const other = await prepare(tf, 'plain-18');
    const plain = await compileProgram(tf, other.spec);
    const losses = train(compiled, start, 3, optimiser);
    expect(losses).toEqual(train(eager, start, 3, optimiser));
    expect(compiled.read()).toEqual(eager.read());
    expect(losses).not.toEqual(train(plain, other.start, 3));
    for (const program of [eager, compiled, plain]) program.dispose();
  });
});

describe('a compiled program', () => {
  const scalars = { rate: Float32Array.of(0.05), momentum: Float32Array.of(0.9), weightDecay: Float32Array.of(1e-4) };

  test('repeats its bits from the same start, and learns', async () => {
    const { spec, start } = await prepare(tf, 'residual-18');
    const program = await compileProgram(tf, spec);
    const losses = train(program, start);
    expect(train(program, start)).toEqual(losses);
    program.write(start);
    const same = { ...batchOf(0), ...scalars };
    const repeated = Array.from({ length: 25 }, () => program.run('train', same).loss?.[0] as number);
    expect(repeated.at(-1)).toBeLessThan((repeated[0] as number) / 2);
    program.dispose();
  });

  test('goes on from its variables in another program as if nothing had happened', async () => {
    const { spec, start } = await prepare(tf, 'residual-18');
    const [one, other] = [await compileProgram(tf, spec), await compileProgram(tf, spec)];
    train(one, start);
    other.write(one.read());
    const next = { ...batchOf(50), ...scalars };
    expect(other.run('train', next)).toEqual(one.run('train', next));
    expect(other.read()).toEqual(one.read());
    one.dispose();
    other.dispose();
  });

  test('says the size that it expected', async () => {
    const { spec } = await prepare(tf, 'plain-18');
    const program = await compileProgram(tf, spec);
    expect(() => program.run('evaluate', { images: new Float32Array(3) })).toThrow(
      /evaluate\/input\/images: expected 1152 values for \[8,12,12,1\], got 3/,
    );
    program.dispose();
  });
});

test('errors count ties and NaN as wrong', async () => {
  const { spec, start } = await prepare(tf, 'plain-18');
  const program = await compileProgram(tf, spec);
  program.write({ ...start, kernels: new Float32Array((start.kernels as Float32Array).length) });
  const batch = { ...batchOf(0), weights: new Float32Array(BATCH).fill(1) };
  expect(program.run('evaluate', batch)).toMatchObject({ top1: Float32Array.of(BATCH), top5: Float32Array.of(BATCH) });
  program.write({ ...start, offsets: new Float32Array((start.offsets as Float32Array).length).fill(Number.NaN) });
  expect(program.run('evaluate', batch)).toMatchObject({ top1: Float32Array.of(BATCH), top5: Float32Array.of(BATCH) });
  program.dispose();
});

test('bfloat16 follows float32 within one percent of the loss, and is not float32', async () => {
  const { spec, start } = await prepare(tf, 'residual-34');
  const [float32, bfloat16] = [
    await compileProgram(tf, spec),
    await compileProgram(tf, spec, { precision: 'bfloat16' }),
  ];
  const [exact, rough] = [train(float32, start), train(bfloat16, start)];
  expect(rough).not.toEqual(exact);
  rough.forEach((loss, step) => {
    expect(Math.abs(loss / (exact[step] as number) - 1)).toBeLessThan(0.01);
  });
  float32.dispose();
  bfloat16.dispose();
});

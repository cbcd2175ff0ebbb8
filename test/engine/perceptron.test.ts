/** Rosenblatt's rule: one step is the rule by hand; what is linearly separable is learnt without error, the rest never. */
import { expect, test } from 'vitest';
import type { CellConfig } from '../../src/core/cell-config.ts';
import { Trainer } from '../../src/engine/trainer.ts';
import { findNet } from '../../src/nets/index.ts';
import { SGD } from './small-net.ts';
import { tf } from './tensorflow.ts';

const CORNERS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const AND = [0, 0, 0, 1];
const XOR = [0, 1, 1, 0];
const RATE = 0.5;
const EPOCHS = 50;

async function perceptron(batch: number): Promise<Trainer> {
  const net = await findNet('perceptron', { form: 'small' }, { shape: [2], classes: 2 });
  const optimiser = { ...SGD, rate: RATE, momentum: 0, weightDecay: 0 };
  const config = { steps: 1000, batch, precision: 'float32', optimiser, loss: { kind: 'perceptron' } };
  return Trainer.create(tf, {
    net,
    config: config as unknown as CellConfig,
    seed: 1,
    evaluationBatch: 4,
    trainImages: 4,
  });
}

/** Units fire above 0; those that are wrong move their weights by the rate times the input. */
function byHand(kernel: number[], bias: number[], input: readonly number[], label: number): [number[], number[]] {
  const sums = bias.map((b, unit) => input.reduce((sum, x, i) => sum + x * (kernel[2 * i + unit] as number), b));
  const errors = sums.map((sum, unit) => Number(sum > 0) - Number(unit === label));
  return [
    kernel.map((w, at) => w - RATE * (errors[at % 2] as number) * (input[Math.floor(at / 2)] as number)),
    bias.map((b, unit) => b - RATE * (errors[unit] as number)),
  ];
}

test('a step of one example is the rule', async () => {
  const trainer = await perceptron(1);
  let kernel = [...(trainer.state().values['output/kernel'] as Float32Array)];
  let bias = [0, 0];
  for (let step = 0; step < 12; step++) {
    const [input, label] = [CORNERS[step % 4] as number[], XOR[step % 4] as number];
    trainer.train(step, Float32Array.from(input), Int32Array.of(label));
    [kernel, bias] = byHand(kernel, bias, input, label);
    const { values } = trainer.state();
    expect([...(values['output/kernel'] as Float32Array)]).toEqual(kernel.map(w => expect.closeTo(w, 5)));
    expect([...(values['output/bias'] as Float32Array)]).toEqual(bias.map(b => expect.closeTo(b, 5)));
  }
  trainer.dispose();
});

test.each([
  ['AND', AND, 0],
  ['exclusive or', XOR, 1],
] as const)('%s', async (_name, labels, fewestErrors) => {
  const trainer = await perceptron(4);
  const [images, targets] = [Float32Array.from(CORNERS.flat()), Int32Array.from(labels)];
  const errors = Array.from({ length: EPOCHS }, (_, epoch) => {
    trainer.train(epoch, images, targets);
    return trainer.evaluate(images, targets, Float32Array.of(1, 1, 1, 1)).top1;
  });
  trainer.dispose();
  if (fewestErrors === 0) expect(errors.slice(-10)).toEqual(Array(10).fill(0));
  else expect(Math.min(...errors)).toBeGreaterThanOrEqual(fewestErrors);
});

/** A weight that is used several times has the sum of the gradients that each use alone would have. */
import { expect, test } from 'vitest';
import { findNet } from '../../src/nets/index.ts';
import { batchFor, trainerOf } from './train.ts';

const INPUT = { shape: [8, 8, 1], classes: 10 };
/** A step by plain gradient descent at this rate subtracts the gradient. */
const RATE = 1;
const OWNER = 'stage1.unit2.';
const USERS = [OWNER, 'stage1.unit3.', 'stage1.unit4.', 'stage1.unit5.'];

test('the gradient of a shared convolution sums over its uses', async () => {
  const { batch, trainer, start } = await create(true);
  trainer.train(0, ...batch);
  const shared = trainer.state().values;
  const unrolled = await create(false);
  const same = Object.fromEntries(
    Object.entries(unrolled.start).map(([name, values]) => [name, start[name] ?? start[ownerOf(name)] ?? values]),
  );
  unrolled.trainer.restore({ values: same });
  unrolled.trainer.train(0, ...batch);
  const apart = unrolled.trainer.state().values;
  for (const place of ['1.conv/kernel', '2.conv/kernel']) {
    const changes = USERS.map(user => difference(same, apart, `${user}${place}`));
    const sum = changes.reduce((total, change) => total.map((value, i) => value + (change[i] as number)));
    const together = difference(start, shared, `${OWNER}${place}`);
    const largest = Math.max(...sum.map(Math.abs));
    const ownOnly = changes[0] as number[];
    expect(Math.max(...sum.map((value, i) => Math.abs(value - (ownOnly[i] as number)))) / largest).toBeGreaterThan(0.1);
    for (const [i, value] of together.entries())
      expect(Math.abs(value - (sum[i] as number)) / largest).toBeLessThan(1e-3);
  }
});

async function create(shared: boolean) {
  const net = await findNet('resnet-32', { shared, widths: [8] }, INPUT);
  const trainer = await trainerOf(net, RATE);
  return { batch: batchFor(net), trainer, start: trainer.state().values };
}

function ownerOf(name: string): string {
  return name.replace(/^(stage\d+)\.unit\d+/, '$1.unit2');
}

function difference(a: Record<string, Float32Array>, b: Record<string, Float32Array>, name: string): number[] {
  return [...(a[name] as Float32Array)].map((value, i) => value - (b[name]?.[i] as number));
}

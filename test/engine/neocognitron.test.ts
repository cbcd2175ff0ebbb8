/** Cells by hand, Fukushima's own experiment in the paper's form, and handwritten digits that were shifted and deformed. */
import { expect, test } from 'vitest';
import type { CellConfig } from '../../src/core/cell-config.ts';
import type { NetDescription } from '../../src/core/net.ts';
import { permutation, stream } from '../../src/core/random.ts';
import { findDataset, loadDataset } from '../../src/data/index.ts';
import { createOps } from '../../src/engine/ops/index.ts';
import { Predictor } from '../../src/engine/predictor.ts';
import { Trainer } from '../../src/engine/trainer.ts';
import { findNet } from '../../src/nets/index.ts';
import { SGD } from './small-net.ts';
import { tf } from './tensorflow.ts';

const CONSTANTS = { selectivity: 4, reinforcement: 16, column: 3, stage: 1, size: 1, padding: 0 } as const;

test('S-cells of one input each, by hand', () => {
  const x = tf.tensor4d([0, 1, 2, 3], [1, 2, 2, 1]);
  const cells = { excitation: tf.tensor4d([2, 0.5], [1, 1, 1, 2]), inhibition: tf.tensor1d([1, 0.1]) };
  const { output, inhibitor } = createOps(tf).sCells(x, cells, CONSTANTS);
  expect([...inhibitor.dataSync()]).toEqual([0, 1, 2, 3].map(value => expect.closeTo(value, 5)));
  const byHand = [0, 1, 2, 3].flatMap(u =>
    [
      [2, 1],
      [0.5, 0.1],
    ].map(([a = 0, b = 0]) => 4 * Math.max(0, (1 + a * u) / (1 + (8 / 5) * b * u) - 1)),
  );
  expect([...output.dataSync()]).toEqual(byHand.map(value => expect.closeTo(value, 5)));
});

test('only the strongest cell of its square and its plane learns, and only what it sees', () => {
  const ops = createOps(tf);
  const x = tf.tensor4d([1, 0, 0, 0, 0, 0.5], [1, 1, 6, 1]);
  const cells = { excitation: tf.tensor4d([0.3, 0.2], [1, 1, 1, 2]), inhibition: tf.tensor1d([0, 0]) };
  const learnt = (learning: number) => {
    const after = ops.reinforce(cells, ops.sCells(x, cells, CONSTANTS), CONSTANTS, tf.scalar(learning));
    return [...after.excitation.dataSync(), ...after.inhibition.dataSync()];
  };
  expect(learnt(1)).toEqual([0.3 + 16, 0.2, 8, 0].map(value => expect.closeTo(value, 4)));
  expect(learnt(0)).toEqual([0.3, 0.2, 0, 0].map(value => expect.closeTo(value, 6)));
});

test('C-cells blur their plane, inhibited by the mean of all planes, by hand', () => {
  const x = tf.tensor4d([1, 0, 0, 0, 0, 2], [1, 1, 3, 2]);
  const options = { size: 3, stride: 1, padding: 1, decay: 0.5, saturation: 0.5 };
  // Blurred: 1, 0.5, 0 and 0, 1, 2; their mean: 0.5, 0.75, 1.
  const drives = [2 / 1.5 - 1, 0, 0, 2 / 1.75 - 1, 0, 3 / 2 - 1];
  const byHand = drives.map(drive => expect.closeTo(drive / (drive + 0.5), 6));
  expect([...createOps(tf).cCells(x, options).dataSync()]).toEqual(byHand);
});

const DRAWN = `
..#####.. ....#.... ..#####.. ..#####.. .....##..
.#.....#. ...##.... .#.....#. .#.....#. ....#.#..
#.......# ....#.... #.......# ........# ...#..#..
#.......# ....#.... ........# ........# ..#...#..
#.......# ....#.... ........# .......#. .#....#..
#.......# ....#.... .......#. ...####.. #.....#..
#.......# ....#.... .....##.. .......#. #########
#.......# ....#.... ...##.... ........# ......#..
#.......# ....#.... ..#...... ........# ......#..
.#.....#. ....#.... .#....... .#.....#. ......#..
..#####.. ...###... ######### ..#####.. ......#..
`;

/** Digits 0 to 4 in lines one pixel wide on 16 × 16, moved by so many pixels. */
function drawnDigit(digit: number, [dy, dx]: readonly [number, number] = [0, 0]): Float32Array {
  const image = new Float32Array(16 * 16);
  for (const [y, row] of DRAWN.trim().split('\n').entries())
    for (const [x, pixel] of [...(row.split(' ')[digit] as string)].entries())
      if (pixel === '#') image[(2 + dy + y) * 16 + 3 + dx + x] = 1;
  return image;
}

async function trainerFor(net: NetDescription, config: Partial<CellConfig>, rate = 0.2): Promise<Trainer> {
  const optimiser = { ...SGD, rate, weightDecay: 0 };
  const loss = { kind: 'cross-entropy', smoothing: 0 };
  const whole = { precision: 'float32', optimiser, loss, ...config } as CellConfig;
  return Trainer.create(tf, { net, config: whole, seed: 1, evaluationBatch: 100, trainImages: 1000 });
}

test('the paper’s form tells five digits apart wherever they stand, though nobody told it which they are', async () => {
  const net = await findNet('neocognitron');
  const steps = 240;
  const trainer = await trainerFor(net, { steps, batch: 1 });
  for (let step = 0; step < steps; step++) trainer.train(step, drawnDigit(step % 5), Int32Array.of(0));
  const answers = await lastCells(net, trainer);
  const inPlace = answers([0, 0]).map(strongest);
  expect(new Set(inPlace).size).toBe(5);
  for (const shift of SHIFTS) expect(answers(shift).map(strongest), `moved by ${shift}`).toEqual(inPlace);
  trainer.dispose();
});

const SHIFTS = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
  [2, 2],
] as const;
const strongest = (cells: readonly number[]): number => cells.indexOf(Math.max(...cells));

/** What the C-cells of the last layer say to each of the five digits. */
async function lastCells(net: NetDescription, trainer: Trainer) {
  const units = 24;
  const cells = { ...net, layers: net.layers.slice(0, -1), classes: units };
  const predictor = await Predictor.create(tf, { net: cells, batch: 5, weights: trainer.state().values });
  return (shift: readonly [number, number]): number[][] => {
    const images = Float32Array.from([0, 1, 2, 3, 4].flatMap(digit => [...drawnDigit(digit, shift)]));
    const { logits } = predictor.predict(images);
    return [0, 1, 2, 3, 4].map(digit => [...logits.subarray(units * digit, units * (digit + 1))]);
  };
}

const PIXELS = 28 * 28;
const [MEAN, DEVIATION] = [0.1307, 0.3081];

interface Change {
  /** Pixels at most, each way. */
  shift: number;
  /** Radians; lines lean, and nearest pixels make them jagged. */
  angle: number;
}

/** An image moved and turned, standardised. */
function changed(pixels: Uint8Array, [dy, dx]: [number, number], angle: number): Float32Array {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const from = (y: number, x: number): number => {
    const [v, u] = [y - dy - 13.5, x - dx - 13.5];
    const [sourceY, sourceX] = [Math.round(cos * v - sin * u + 13.5), Math.round(sin * v + cos * u + 13.5)];
    const isInside = sourceY >= 0 && sourceY < 28 && sourceX >= 0 && sourceX < 28;
    return isInside ? (pixels[sourceY * 28 + sourceX] as number) : 0;
  };
  return Float32Array.from({ length: PIXELS }, (_, at) => {
    return (from(Math.floor(at / 28), at % 28) / 255 - MEAN) / DEVIATION;
  });
}

/** Errors of a net that saw 6,400 digits as they are, on others as they are, moved, and turned. */
async function errorsOf(
  name: string,
  rate: number,
  options = {},
): Promise<{ plain: number; moved: number; turned: number }> {
  const { train, test: unseen } = await loadDataset('mnist');
  const net = await findNet(name, { form: 'small', ...options }, { shape: [28, 28, 1], classes: 10 });
  const [steps, batch] = [800, 8];
  const trainer = await trainerFor(net, { steps, batch }, rate);
  const order = permutation(train.count, stream(1, 'neocognitron test'));
  const fill = (set: typeof train, indices: readonly number[], { shift, angle }: Change) => {
    const draws = stream(2, 'moves', indices[0] ?? 0);
    const move = (): number => draws.below(2 * shift + 1) - shift;
    const images = indices.flatMap(index => [...changed(set.image(index).pixels, [move(), move()], angle)]);
    return [Float32Array.from(images), Int32Array.from(indices, index => set.labels[index] as number)] as const;
  };
  for (let step = 0; step < steps; step++)
    trainer.train(step, ...fill(train, [...order.subarray(step * batch, (step + 1) * batch)], { shift: 0, angle: 0 }));
  const errorOn = (change: Change): number => {
    const wrong = [0, 100, 200, 300, 400].map(from => {
      const indices = Array.from({ length: 100 }, (_, i) => from + i);
      return trainer.evaluate(...fill(unseen, indices, change), new Float32Array(100).fill(1)).top1;
    });
    return wrong.reduce((a, b) => a + b) / 500;
  };
  const errors = {
    plain: errorOn({ shift: 0, angle: 0 }),
    moved: errorOn({ shift: 4, angle: 0 }),
    turned: errorOn({ shift: 0, angle: 0.26 }),
  };
  trainer.dispose();
  return errors;
}

test('handwritten digits that it never saw moved: where a fully connected net fails', {
  timeout: 300_000,
}, async () => {
  await (await findDataset('mnist')).fetch(() => {});
  const dense = await errorsOf('perceptron', 0.01, { hidden: 256 });
  const cells = await errorsOf('neocognitron', 1, { planes: [16, 64, 128] });
  expect(cells.plain).toBeLessThan(0.4);
  expect(cells.moved - cells.plain).toBeLessThan((dense.moved - dense.plain) / 3);
  expect(cells.moved).toBeLessThan(dense.moved);
  expect(cells.turned - cells.plain).toBeLessThan(0.2);
});

/** Fukushima, "Neocognitron: A Self-organizing Neural Network Model …", Biological Cybernetics 36, 1980. */
import type { CCellConstants, Padding, SCellConstants } from '../../core/net.ts';
import type { Tensor } from '../backend.ts';
import { bordersOf } from './borders.ts';
import type { Kernels } from './kernels.ts';

/** Of an S-cell's inhibiting cell: inputs at distance d count as this to the power of d. */
const WINDOW_DECAY = 0.9;

export interface SCells {
  /** [size, size, channels, planes], none negative. */
  excitation: Tensor;
  /** [planes], none negative. */
  inhibition: Tensor;
}

export interface Sight {
  size: number;
  padding: Padding;
}

export function createNeocognitron({ tf, convolving, ints, one, padImages }: Kernels) {
  /**
   * Output [batch, height, width, planes] of cells that see x [batch, height, width, channels], none negative.
   * `inhibitor` is the root mean square of what a cell sees.
   */
  function sCells(x: Tensor, cells: SCells, { selectivity: r, ...sight }: SCellConstants & Sight) {
    const seen = padded(x, sight);
    const energy = tf.sum(tf.square(seen), 3, true);
    const window = tf.tensor4d(windowOf(sight.size), [sight.size, sight.size, 1, 1]);
    const share = tf.scalar(1 / (windowOf(sight.size).reduce((a, b) => a + b) * (x.shape[3] as number)));
    const inhibitor = tf.sqrt(tf.mul(valid(energy, window), share));
    const excited = tf.add(valid(seen, cells.excitation), tf.scalar(1));
    const inhibited = tf.add(tf.mul(tf.mul(inhibitor, cells.inhibition), tf.scalar((2 * r) / (1 + r))), tf.scalar(1));
    const output = tf.mul(tf.relu(tf.sub(tf.div(excited, inhibited), tf.scalar(1))), tf.scalar(r));
    return { output: output as Tensor, seen, inhibitor: inhibitor as Tensor };
  }

  /**
   * The cells after one batch: of each square of positions the strongest cell of all planes is a candidate, of
   * each plane and image the strongest candidate is its representative, and the plane learns what that one sees.
   * `learning` is a scalar, 1 or 0. The tensors are kept.
   */
  function reinforce(
    cells: SCells,
    { output, seen, inhibitor }: ReturnType<typeof sCells>,
    { column, reinforcement: q, size }: SCellConstants & Sight,
    learning: Tensor,
  ): SCells {
    const representatives = tf.mul(representativesOf(output, column), learning);
    const window = tf.tensor4d(windowOf(size), [size, size, 1, 1]);
    const scale = tf.scalar(q / (windowOf(size).reduce((a, b) => a + b) * (seen.shape[3] as number)));
    const learnt = tf.mul(tf.mul(backpropagateFilter(seen, cells.excitation.shape, representatives), window), scale);
    const inhibition = tf.mul(tf.sum(tf.mul(representatives, inhibitor), [0, 1, 2]), tf.scalar(q / 2));
    return {
      excitation: tf.keep(tf.add(cells.excitation, learnt) as Tensor),
      inhibition: tf.keep(tf.add(cells.inhibition, inhibition) as Tensor),
    };
  }

  /** [batch, height, width, planes] of 1 where a cell represents its plane, else 0. */
  function representativesOf(output: Tensor, column: number): Tensor {
    const strongest = tf.maxPool(tf.max(output, 3, true) as never, column, 1, 'same');
    const isCandidate = tf.logicalAnd(tf.greaterEqual(output, strongest), tf.greater(output, tf.scalar(0)));
    const candidates = tf.mul(output, tf.cast(isCandidate, 'float32'));
    const best = tf.max(candidates, [1, 2], true);
    return tf.cast(tf.logicalAnd(tf.equal(candidates, best), isCandidate), 'float32');
  }

  /** Each plane blurred, and inhibited by the mean of all planes. */
  function cCells(
    x: Tensor,
    { decay, saturation, stride, ...sight }: CCellConstants & Sight & { stride: number },
  ): Tensor {
    const { size } = sight;
    const planes = x.shape[3] as number;
    const window = tf.mul(tf.tensor4d(windowOf(size, decay), [size, size, 1, 1]), tf.ones([1, 1, planes, 1]));
    const blurred = tf.depthwiseConv2d(padded(x, sight, stride) as never, window as never, stride, 'valid');
    const inhibited = tf.add(tf.mean(blurred, 3, true), tf.scalar(1));
    const drive = tf.relu(tf.sub(tf.div(tf.add(blurred, tf.scalar(1)), inhibited), tf.scalar(1)));
    return tf.div(drive, tf.add(drive, tf.scalar(saturation)));
  }

  function padded(x: Tensor, { size, padding }: Sight, stride = 1): Tensor {
    return padding === 'valid' ? x : padImages(x, bordersOf(x.shape, [size, size], stride, padding));
  }

  function valid(x: Tensor, kernel: Tensor): Tensor {
    return one('Conv2D', VALID, [x, kernel]);
  }

  function backpropagateFilter(x: Tensor, shape: readonly number[], dy: Tensor): Tensor {
    return one('Conv2DBackpropFilter', VALID, [x, ints(shape), dy]);
  }

  const VALID = convolving(1, 'VALID');
  return { sCells, reinforce, cCells };
}

/** size × size weights that fall with the distance from the centre, which has 1. */
function windowOf(size: number, decay = WINDOW_DECAY): number[] {
  const centre = (size - 1) / 2;
  return Array.from({ length: size * size }, (_, at) => {
    const [y, x] = [Math.floor(at / size) - centre, (at % size) - centre];
    return decay ** Math.hypot(y, x);
  });
}

/** How far predictions are from those of a peer. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { NetDescription } from '../../core/net.ts';
import type { Predictions } from '../../engine/predictor.ts';
import { readSafetensors } from '../../engine/safetensors.ts';

export interface Agreement {
  of: keyof Predictions;
  agrees: boolean;
  /** The largest absolute difference, as a share of the largest absolute value expected. */
  difference: number;
  tolerance: number;
}

/** By the tensor `logits` of the file, or `probabilities` if it has no logits. */
export function compareWith(
  path: string,
  predictions: Predictions,
  { classes }: NetDescription,
  tolerance: number,
): Agreement {
  const file = readSafetensors(path);
  const of = file.shapes.has('probabilities') && !file.shapes.has('logits') ? 'probabilities' : 'logits';
  const { shape, values } = file.read(of);
  const count = predictions.logits.length / classes;
  if (shape.length !== 2 || shape[0] !== count || shape[1] !== classes) {
    throw new UserError(`${path}: expected ${of} of [${count}, ${classes}], one row an image, got [${shape}].`, {
      exitCode: EXIT.noData,
    });
  }
  const difference = shareOff(predictions[of], values);
  return { of, agrees: difference <= tolerance, difference, tolerance };
}

/** NaN where either has one, which is within no tolerance. */
function shareOff(got: Float32Array, expected: Float32Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const off = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (got[i] as number))), 0);
  return off === 0 ? 0 : off / largest;
}

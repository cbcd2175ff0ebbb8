/** What a test procedure looks at a set with: windows of its pictures, and a net that takes them. */
import type { Precision } from '../../core/cell-config.ts';
import type { NetDescription } from '../../core/net.ts';
import { sizeOf } from '../../core/parameters.ts';
import type { ViewProcedure } from '../../core/procedure.ts';
import { centralArea, type InputFormat, type Size, sizeAtShorterSide, type Window } from '../../data/index.ts';
import type { TensorFlow } from '../../engine/backend.ts';
import { Predictor } from '../../engine/predictor.ts';
import { applyToWhole } from '../../nets/index.ts';
import { viewsOf } from './views.ts';

/** Pixels of a batch of the dense procedure: those of 500 images of 32×32. */
const DENSE_BATCH_PIXELS = 500 * 32 * 32;

export interface Eye {
  format: InputFormat;
  /** Windows of a call of `predict`. */
  batch: number;
  /** Of a picture of this stored size. */
  windowsOf(stored: Size): Window[];
  /** Probabilities [batch, classes] of images [batch, …shape]. */
  predict(images: Float32Array): Float32Array;
  dispose(): void;
}

/** A trained net, at the input that it was trained for and at others. */
export interface TrainedNet {
  tf: TensorFlow;
  net: NetDescription;
  format: InputFormat;
  precision: Precision;
  /** Probabilities [batch, classes] of a full batch, by the net as it was trained. */
  batch: number;
  predict(images: Float32Array): Float32Array;
  /** By our names: those that evaluation uses. */
  weights(): Record<string, Float32Array>;
}

/** Throws `UserError` if the net cannot be shown what the procedure asks for. */
export async function eyesOf(procedure: ViewProcedure, trained: TrainedNet): Promise<Eye[]> {
  if (procedure.kind !== 'dense') {
    const { format, batch, predict } = trained;
    return [{ format, batch, predict, windowsOf: stored => viewsOf(procedure, stored, format), dispose() {} }];
  }
  const eyes: Eye[] = [];
  for (const scale of procedure.scales ?? [null]) eyes.push(await denseEye(trained, scale));
  return eyes;
}

/** Sees the central square of the picture at this shorter side, since a program takes images of one size. */
async function denseEye({ tf, net, format, precision, weights }: TrainedNet, scale: number | null): Promise<Eye> {
  const side = scale ?? format.shorterSide;
  const shape = side === null ? format.shape : ([side, side, format.shape[2]] as const);
  const batch = Math.max(1, Math.floor(DENSE_BATCH_PIXELS / (shape[0] * shape[1])));
  const predictor = await Predictor.create(tf, { net: applyToWhole(net, shape), batch, weights: weights(), precision });
  return {
    format: { ...format, shape },
    batch,
    windowsOf: stored => {
      const size = sizeAtShorterSide(stored, side);
      const whole = { ...centralArea(size, shape), ...(side !== null && { shorterSide: side }) };
      return [false, true].map(flip => ({ ...whole, flip }));
    },
    predict: images => predictor.predict(images).probabilities,
    dispose: () => predictor.dispose(),
  };
}

/** Values of one image as this eye sees it. */
export const imageValues = ({ format }: Eye): number => sizeOf(format.shape);

import { type PredictionsAbout, PredictionsEncoder, writePredictions } from '../../core/predictions.ts';
import { isMiss, lossOf, rankOf } from '../../core/ranking.ts';

/** Means over the test set: loss in nats, errors as shares. */
export type ProcedureFigures = Record<'loss' | 'top1' | 'top5', number>;

/** What is said of the images of a test set, one after the other, and its sum. */
export class Tally {
  readonly #encoder: PredictionsEncoder;
  readonly #sums: ProcedureFigures = { loss: 0, top1: 0, top5: 0 };
  #count = 0;

  constructor(about: PredictionsAbout) {
    this.#encoder = new PredictionsEncoder(about);
  }

  add(label: number, probabilities: Float32Array): void {
    const rank = rankOf(probabilities, label);
    this.#sums.loss += lossOf(probabilities, label);
    this.#sums.top1 += Number(isMiss(rank, 1));
    this.#sums.top5 += Number(isMiss(rank, 5));
    this.#count++;
    this.#encoder.add(label, probabilities);
  }

  write(path: string): void {
    writePredictions(path, this.#encoder);
  }

  figures(): ProcedureFigures {
    const { loss, top1, top5 } = this.#sums;
    return { loss: loss / this.#count, top1: top1 / this.#count, top5: top5 / this.#count };
  }
}

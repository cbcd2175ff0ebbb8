import { type PredictionsAbout, PredictionsEncoder, writePredictions } from '../../core/predictions.ts';
import { isMiss, lossOf, rankOf } from '../../core/ranking.ts';

/** Means over the test set: loss in nats, errors as shares. */
export type ProcedureFigures = Record<'loss' | 'top1' | 'top5', number>;

/** Sums up what is said of the images of a test set, one after the other. */
export class Means {
  readonly #sums: ProcedureFigures = { loss: 0, top1: 0, top5: 0 };
  #count = 0;

  add(label: number, probabilities: Float32Array): void {
    const rank = rankOf(probabilities, label);
    this.#sums.loss += lossOf(probabilities, label);
    this.#sums.top1 += Number(isMiss(rank, 1));
    this.#sums.top5 += Number(isMiss(rank, 5));
    this.#count++;
  }

  figures(): ProcedureFigures {
    const { loss, top1, top5 } = this.#sums;
    return { loss: loss / this.#count, top1: top1 / this.#count, top5: top5 / this.#count };
  }
}

/** The same, and it keeps what was said. */
export class Tally extends Means {
  readonly #encoder: PredictionsEncoder;

  constructor(about: PredictionsAbout) {
    super();
    this.#encoder = new PredictionsEncoder(about);
  }

  override add(label: number, probabilities: Float32Array): void {
    super.add(label, probabilities);
    this.#encoder.add(label, probabilities);
  }

  write(path: string): void {
    writePredictions(path, this.#encoder);
  }
}

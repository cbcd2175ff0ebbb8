import { stream } from '../core/random.ts';
import type { Side, SpeedRound, SpeedSample } from '../core/speed-round.ts';
import { BUDGET, type SuiteFigures } from './measure.ts';
import { runSuite } from './run-suite.ts';

interface RoundsRequest {
  /** Address of the suite's module on each side. */
  urls: Record<Side, string>;
  /** Of the order within each round. */
  seed: number;
  stop: AbortSignal;
}

/**
 * Measures a round at each call: a fresh process of each side, one after the other, whose order is drawn. A machine that
 * grows slower or faster then favours neither.
 */
export function roundMeasurer({ urls, seed, stop }: RoundsRequest): (names: readonly string[]) => Promise<SpeedRound> {
  const draws = stream(seed, 'order of base and head');
  return async benchmarks => {
    const order: readonly Side[] = draws.uniform() < 0.5 ? ['base', 'head'] : ['head', 'base'];
    const samples: Partial<SpeedRound> = {};
    for (const side of order)
      samples[side] = sampleOf(await runSuite({ url: urls[side], benchmarks, budget: BUDGET }, stop));
    return samples as SpeedRound;
  };
}

function sampleOf({ controlMs, benchmarks, failures }: SuiteFigures): SpeedSample {
  const medianMs = Object.fromEntries(Object.entries(benchmarks).map(([name, figures]) => [name, figures.medianMs]));
  return { controlMs, medianMs, failures };
}

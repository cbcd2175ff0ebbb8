/** Noise of a pair's two figures, with variance 1 each, so that their difference has a known deviation. */
import type { Stream } from '../../src/core/random.ts';

export interface Noise {
  name: string;
  /** Fills `pair` with the noise of baseline and present. */
  draw(random: Stream, pair: Float64Array): void;
  /** Of present − baseline. */
  deviation: number;
}

/** Within a pair. */
const CORRELATION = 0.8;
const DEGREES = 3;

export const NOISES: readonly Noise[] = [
  independent('normal', random => random.normal()),
  independent('skewed', centredExponential),
  independent('heavy-tailed', studentT),
  {
    name: 'correlated',
    draw(random, pair) {
      const shared = random.normal();
      pair[0] = shared;
      pair[1] = CORRELATION * shared + Math.sqrt(1 - CORRELATION ** 2) * random.normal();
    },
    deviation: Math.sqrt(2 * (1 - CORRELATION)),
  },
];

/**
 * A change that skews the noise of one side alone: the difference is skewed, and Student's interval is known to miss then
 * (Miller 1986, §1.2). The gate promises nothing here; the table says how far off it is.
 */
export const LOPSIDED: readonly Noise[] = [
  lopsided('only the present skewed', 1),
  lopsided('only the baseline skewed', -1),
];

function lopsided(name: string, sign: 1 | -1): Noise {
  const draw: Noise['draw'] = (random, pair) => {
    pair[0] = 0;
    pair[1] = sign * centredExponential(random);
  };
  return { name, draw, deviation: 1 };
}

function independent(name: string, draw: (random: Stream) => number): Noise {
  return {
    name,
    draw(random, pair) {
      pair[0] = draw(random);
      pair[1] = draw(random);
    },
    deviation: Math.SQRT2,
  };
}

/** Skewness 2. */
export function centredExponential(random: Stream): number {
  return -Math.log(1 - random.uniform()) - 1;
}

/** Student's t on 3 degrees of freedom, the least that has a variance, which is 3. */
export function studentT(random: Stream): number {
  let squares = 0;
  for (let i = 0; i < DEGREES; i++) squares += random.normal() ** 2;
  return random.normal() / Math.sqrt(squares / DEGREES) / Math.sqrt(DEGREES);
}

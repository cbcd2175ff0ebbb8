/** What a machine adds to the logarithm of a time, process after process. Its unit is s, the deviation of a round's log ratio. */
import type { Stream } from '../../src/core/random.ts';
import { centredExponential, studentT } from './noise.ts';

export interface SpeedNoise {
  name: string;
  /** A machine that starts anew with each gate. */
  start(random: Stream): () => ProcessNoise;
}

interface ProcessNoise {
  /** Of the machine: the control sees it too. */
  machine: number;
  /** Of the benchmark alone. */
  own: number;
}

/** Of a machine that wanders: correlation of one process with the next, and its part of the variance of a round. */
const CORRELATION = 0.8;
const WANDERING = 0.5;
/** It grows slower by this in each process: by 3.2 s over 32 rounds. */
const DRIFT = 0.05;
/** A process in ten is slowed down as a whole by 5 s. */
const JUMPS = { share: 0.1, by: 5 };

export const SPEED_NOISES: readonly SpeedNoise[] = [
  steady('normal', random => random.normal()),
  steady('skewed', centredExponential),
  steady('heavy-tailed', studentT),
  {
    name: 'drifting',
    start(random) {
      // The difference of neighbours has variance 2 (1 − correlation) of the wandering.
      const size = Math.sqrt(WANDERING / (2 * (1 - CORRELATION)));
      let wandered = random.normal();
      let processes = 0;
      return () => {
        wandered = CORRELATION * wandered + Math.sqrt(1 - CORRELATION ** 2) * random.normal();
        const own = random.normal() * Math.sqrt((1 - WANDERING) / 2);
        return { machine: size * wandered + DRIFT * processes++, own };
      };
    },
  },
  {
    name: 'jumping',
    start: random => () => ({
      machine: random.uniform() < JUMPS.share ? JUMPS.by : 0,
      own: random.normal() / Math.SQRT2,
    }),
  },
];

function steady(name: string, draw: (random: Stream) => number): SpeedNoise {
  return { name, start: random => () => ({ machine: 0, own: draw(random) / Math.SQRT2 }) };
}

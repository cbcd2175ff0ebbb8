/** What a machine adds to the logarithm of a time, process after process. Its unit is s, the deviation of a round's log ratio. */
import type { Stream } from '../../src/core/random.ts';
import { centredExponential, studentT } from './noise.ts';

export interface SpeedNoise {
  name: string;
  /** A machine that starts anew with each gate, and times so many benchmarks in each process. */
  start(random: Stream, benchmarks: number): () => ProcessNoise;
}

export interface ProcessNoise {
  /** Of the machine: the control sees it too, and it is the same for all benchmarks. */
  machine: number;
  /** Of each benchmark alone. */
  own: readonly number[];
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
    start(random, benchmarks) {
      // The difference of neighbours has variance 2 (1 − correlation) of the wandering.
      const size = Math.sqrt(WANDERING / (2 * (1 - CORRELATION)));
      let wandered = random.normal();
      let processes = 0;
      return () => {
        wandered = CORRELATION * wandered + Math.sqrt(1 - CORRELATION ** 2) * random.normal();
        const own = times(benchmarks, () => random.normal() * Math.sqrt((1 - WANDERING) / 2));
        return { machine: size * wandered + DRIFT * processes++, own };
      };
    },
  },
  {
    name: 'jumping',
    start: (random, benchmarks) => () => ({
      machine: random.uniform() < JUMPS.share ? JUMPS.by : 0,
      own: times(benchmarks, () => random.normal() / Math.SQRT2),
    }),
  },
];

function steady(name: string, draw: (random: Stream) => number): SpeedNoise {
  const start: SpeedNoise['start'] = (random, benchmarks) => () => ({
    machine: 0,
    own: times(benchmarks, () => draw(random) / Math.SQRT2),
  });
  return { name, start };
}

const times = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

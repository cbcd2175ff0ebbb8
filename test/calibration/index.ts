/** `npm run test:calibration`: how often the gate errs, by simulation. docs/statistics.md shows the table. */
import { exactInterval } from '../../src/stats/exact-interval.ts';
import { LOPSIDED, NOISES, type Noise } from './noise.ts';
import { simulateGates, type Tally } from './simulate.ts';
import { simulateSpeedGates } from './simulate-speed.ts';
import { SPEED_NOISES } from './speed-noise.ts';

const COMMON = { confidence: 0.95, gates: 20_000, seed: 20_160_227 } as const;
const MOST_FALSE = 0.05;
const LEAST_DETECTION = 0.95;
/** True worsenings, in margins. */
const EFFECTS = [0, 1, 2];

/** The margin, in deviations, from which each plan of looks is said to detect 2δ: of seeds, and of rounds. */
const DESIGNS = [
  { looks: [5], margin: 2.7 },
  { looks: [10], margin: 1.45 },
  { looks: [5, 10], margin: 1.55 },
] as const;
const SPEED_DESIGNS = [
  { looks: [4, 8, 16], margin: 1.25 },
  { looks: [8, 16, 32], margin: 0.8 },
] as const;
/** Here two looks of seeds miss 0.95 under skewed noise. */
const TOO_SMALL = [
  { looks: [5, 10], margin: 1.45 },
  { looks: [5, 10], margin: 1.5 },
] as const;

interface Design {
  looks: readonly number[];
  margin: number;
}

interface Row extends Design {
  noise: string;
  effect: number;
  tally: Tally;
}

const ofSeeds = (noises: readonly Noise[], designs: readonly Design[]): Row[] =>
  rowsOf(noises, designs, (noise, setting) => simulateGates({ noise, ...setting, ...COMMON }));
const ofSpeed = rowsOf(SPEED_NOISES, SPEED_DESIGNS, (noise, setting) =>
  simulateSpeedGates({ noise, ...setting, ...COMMON }),
);
const rows = ofSeeds(NOISES, DESIGNS);
print('seeds', rows);
print('rounds', ofSpeed);
console.log('\nOutside of what the gate promises:\n');
print('seeds', [
  ...ofSeeds(LOPSIDED, DESIGNS).filter(({ effect }) => effect === 1),
  ...ofSeeds(NOISES, TOO_SMALL).filter(({ effect }) => effect === 2),
]);

/** The worst over the noises, in all plans. */
const promised = [...rows, ...ofSpeed];
const worst = {
  gates: promised.reduce((sum, row) => sum + row.tally.gates, 0),
  falseFail: Math.max(...rates('fail', row => row.effect < 2)),
  falsePass: Math.max(...rates('pass', row => row.effect > 0)),
  detection: Math.min(...rates('fail', row => row.effect === 2)),
};
console.log(JSON.stringify(worst));
const kept = worst.falseFail <= MOST_FALSE && worst.falsePass <= MOST_FALSE && worst.detection >= LEAST_DETECTION;
process.exitCode = kept ? 0 : 1;

function rowsOf<N extends { name: string }>(
  noises: readonly N[],
  designs: readonly Design[],
  simulate: (noise: N, setting: Design & { effect: number }) => Tally,
): Row[] {
  return noises.flatMap(noise =>
    designs.flatMap(design =>
      EFFECTS.map(effect => ({ noise: noise.name, ...design, effect, tally: simulate(noise, { ...design, effect }) })),
    ),
  );
}

function print(pairs: 'seeds' | 'rounds', printed: readonly Row[]): void {
  console.log(`| noise | ${pairs} | δ | true worsening | PASS | FAIL | inconclusive | 95 % interval of FAIL |`);
  console.log('|---|---|--:|--:|--:|--:|--:|---|');
  for (const row of printed) console.log(lineOf(row));
}

function rates(outcome: 'pass' | 'fail', which: (row: Row) => boolean): number[] {
  return promised.filter(which).map(({ tally }) => tally[outcome] / tally.gates);
}

function lineOf({ noise, looks, margin, effect, tally }: Row): string {
  const share = (count: number): string => (count / tally.gates).toFixed(4);
  const [low, high] = exactInterval(tally.fail, tally.gates) as readonly [number, number];
  const cells = [noise, looks.join(' then '), `${margin} s`, `${effect} δ`];
  const outcomes = [tally.pass, tally.fail, tally.inconclusive].map(share);
  return `| ${[...cells, ...outcomes, `${low.toFixed(4)} to ${high.toFixed(4)}`].join(' | ')} |`;
}

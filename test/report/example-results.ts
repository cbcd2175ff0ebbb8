/** Invented results of an invented sitting: only to have something to draw. */
import type { Experiment } from '../../src/core/experiment.ts';
import { stream } from '../../src/core/random.ts';
import type { ClaimVerdict, Curve, Provenance, RunSummary } from '../../src/core/results.ts';
import type { ShownTestSet } from '../../src/core/shown-test-set.ts';
import type { ReportResults } from '../../src/report/costs.ts';
import type { RunClock } from '../../src/report/run-clock.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { judgeClaim } from '../../src/stats/index.ts';
import { valuesByArm } from '../../src/tracking/queries.ts';

/** Where an arm ends, and the steps in which it comes most of the way there: the deep plain net starts slowly. */
const ARMS: Record<string, { loss: number; halfLife: number }> = {
  'plain-18': { loss: 0.45, halfLife: 70 },
  'plain-34': { loss: 0.8, halfLife: 150 },
  'residual-18': { loss: 0.4, halfLife: 50 },
  'residual-34': { loss: 0.41, halfLife: 60 },
};
const STEPS = 480;
const BATCH = 64;
/** Before the first step. */
const SETUP_SECONDS = 3;
const SEED_SPREAD = 0.03;
const BATCH_SPREAD = 0.09;

/** A grey pixel. */
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

const TEST_SET: ShownTestSet = {
  run: '0123abcd4567',
  arm: 'residual-34',
  seed: 1,
  procedure: 'single-crop',
  dataset: 'fashion-mnist',
  classes: ['Trouser', 'Shirt <b>', 'Coat'],
  confusion: [
    [90, 7, 3],
    [0, 60, 40],
    [0, 25, 75],
  ],
  samples: [
    { index: 3, png: PNG, label: 'Trouser', probability: 0.8, best: [{ class: 'Trouser', probability: 0.8 }] },
    {
      index: 8,
      png: PNG,
      label: 'Coat',
      probability: 0.3,
      best: [
        { class: 'Shirt <b>', probability: 0.7 },
        { class: 'Coat', probability: 0.3 },
      ],
    },
  ],
  hardest: {
    seeds: [1, 2],
    images: [
      { index: 5, png: PNG, label: 'Coat', probability: 0.004, best: [{ class: 'Shirt <b>', probability: 0.99 }] },
    ],
  },
};

export interface InventedOptions {
  seeds?: number;
  decides?: boolean;
  /** Factor on the differences between arms: 0 makes them equal. */
  strength?: number;
  steps?: number;
  change?: Partial<Experiment>;
}

export function verdictsOf(
  { experiment, runs, seeds }: Pick<ReportResults, 'experiment' | 'runs' | 'seeds'>,
  decides: boolean,
): ClaimVerdict[] {
  return experiment.claims.map(claim =>
    judgeClaim(claim, valuesByArm(runs, claim.metric), { decides, plannedSeeds: seeds }),
  );
}

export async function inventResults(options: InventedOptions = {}): Promise<ReportResults> {
  const { seeds = 5, decides = true, strength = 1, steps = STEPS, change = {} } = options;
  const experiment = { ...(await loadExperiment('degradation-34')), ...change };
  const numbers = Array.from({ length: seeds }, (_, i) => i + 1);
  const arms = Object.keys(ARMS);
  const runs = arms.flatMap(arm => numbers.map(seed => inventRun(arm, seed, strength, steps)));
  const verdicts = verdictsOf({ experiment, runs, seeds: numbers }, decides);
  return {
    experiment,
    tier: decides ? 'quick' : 'smoke',
    specHash: 'f'.repeat(64),
    arms,
    seeds: numbers,
    runs,
    curves: runs.flatMap(inventCurves),
    clocks: Object.fromEntries(runs.map(run => [run.id, inventClock(run)])),
    verdicts,
    provenance: runs.length > 0 ? PROVENANCE : null,
    differences: [{ what: 'machine.hostname', values: ['one', 'other'] }],
    testSet: runs.length > 0 ? TEST_SET : null,
    costs: arms.map(arm => ({
      arm,
      ...(arm.endsWith('34') ? { parameters: 130_000, macs: 9_400_000 } : { parameters: 70_000, macs: 4_700_000 }),
      batch: BATCH,
      trainImages: 60_000,
    })),
  };
}

function inventRun(arm: string, seed: number, strength: number, steps: number): RunSummary {
  const [kind = '', depth = ''] = arm.split('-');
  const seedsShare = SEED_SPREAD * stream(seed, 'what all arms of a seed share').normal();
  const own = 0.6 * SEED_SPREAD * stream(seed, `loss of ${arm}`).normal();
  const loss = 0.45 + strength * ((ARMS[arm]?.loss ?? 0) - 0.45) + seedsShare + own;
  const test = loss + 0.02 * stream(seed, `test of ${arm}`).normal();
  return {
    id: stream(seed, `id of ${arm}`)
      .below(2 ** 32)
      .toString(16)
      .padStart(12, 'c8a0'),
    experiment: 'degradation-34',
    tier: 'quick',
    arm,
    // Not the order of the factors: a store need not keep it.
    levels: { depth, kind },
    seed,
    specHash: 'f'.repeat(64),
    identity: `${arm} ${seed}`,
    state: 'finished',
    reason: null,
    step: steps,
    steps,
    attempts: 1,
    startedAt: 0,
    endedAt: 40_000,
    metrics: {
      'train.loss': loss,
      'train.top1': loss * 0.36,
      'test.loss': test * 1.08,
      'test.top1': test * 0.38,
      'test.top5': test * 0.012,
      imagesPerSecond: (depth === '34' ? 890 : 1630) * (1 + 0.02 * stream(seed, `speed of ${arm}`).normal()),
    },
  };
}

function inventCurves({ id, arm, seed, steps, metrics }: RunSummary): Curve[] {
  const draws = stream(seed, `curve of ${arm}`);
  const end = metrics['train.loss'] as number;
  const { halfLife = 50 } = ARMS[arm] ?? {};
  const level = (step: number): number => end + (2.3 - end) * 2 ** (-step / halfLife);
  const noisy = (step: number): number => level(step) * (1 + BATCH_SPREAD * draws.normal());
  const training = Array.from({ length: steps }, (_, i) => [i + 1, noisy(i)] as const);
  const evaluated = [150, 300, 450].filter(step => step < steps);
  const test = evaluated.map(step => [step, 0.38 * level(step) * (1 + 0.05 * draws.normal())] as const);
  return [
    { run: id, arm, seed, metric: 'train.loss', points: training },
    { run: id, arm, seed, metric: 'train.top1', points: training.map(([step, loss]) => [step, loss * 0.36] as const) },
    { run: id, arm, seed, metric: 'test.top1', points: [...test, [steps, metrics['test.top1'] as number]] },
  ];
}

function inventClock({ steps, metrics }: RunSummary): RunClock {
  const perStep = BATCH / (metrics.imagesPerSecond as number);
  return [
    [1, SETUP_SECONDS + perStep],
    [steps, SETUP_SECONDS + steps * perStep],
  ];
}

export const PROVENANCE: Provenance = {
  code: {
    commit: '0123456789abcdef0123456789abcdef01234567',
    dirty: false,
    patchHash: null,
    codeHash: 'c'.repeat(64),
    lockfileHash: 'd'.repeat(64),
  },
  data: { dataset: 'fashion-mnist', fingerprint: 'e'.repeat(64) },
  packages: { '@tensorflow/tfjs-node': '4.22.0' },
  tensorflow: { version: '2.21.0', binding: 'b'.repeat(64) },
  machine: {
    cpu: 'Invented CPU at 3 GHz',
    cores: 2,
    memoryBytes: 16 * 2 ** 30,
    os: 'Linux 6.1',
    hostname: 'one',
    cpuFlags: ['avx2', 'avx512f'],
    gpu: null,
  },
  execution: {
    node: '20.20.0',
    threads: 1,
    precision: 'float32',
    device: 'cpu',
    pinned: null,
    variables: { TF_NUM_INTRAOP_THREADS: '1' },
  },
  command: 'bench run degradation-34',
};

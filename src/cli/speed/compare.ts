/** The speed of the present checkout against a commit's, by a suite: `bench speed --compare` and `bench gate --base`. */
import { randomInt } from 'node:crypto';
import { packageRoot } from '../../core/places.ts';
import { unknownName } from '../../core/registry.ts';
import {
  type Decision,
  decideSpeed,
  type GateReport,
  looksOf,
  relativeMargin,
  SPEED_DEFAULTS,
  type SpeedRules,
} from '../../gate/index.ts';
import { checkoutProvenance } from '../../runner/checkout.ts';
import { findCommit, withCommit } from '../../runner/worktree.ts';
import { compile } from '../../runner/worktree-build.ts';
import { baseSuite } from '../../speed/base-suite.ts';
import { roundMeasurer } from '../../speed/rounds.ts';
import { suiteUrl } from '../../speed/run-suite.ts';
import { findSuite, type Suite } from '../../speed/suite.ts';
import { tell } from '../output/tell.ts';
import { Interrupts } from '../run/interrupts.ts';

export interface CompareOptions {
  /** `benchmark` or `benchmark=3%`; all if empty. */
  metric: readonly string[];
  /** "5%" */
  margin?: string;
  confidence?: number;
  /** At most. */
  rounds?: number;
  /** Of the order within each round; drawn if absent. */
  seed?: number;
}

const MOST_SEED = 2 ** 31;

export async function compareSpeed(name: string, revision: string, options: CompareOptions): Promise<GateReport> {
  const rules = rulesOf(await findSuite(name), options);
  const base = findCommit(packageRoot, revision);
  const { commit, dirty } = checkoutProvenance();
  const interrupts = new Interrupts(() => tell('Stopping.'));
  const building = { say: tell, stop: interrupts.stop };
  const conditions = { base, seed: options.seed ?? randomInt(MOST_SEED) };
  try {
    await compile(packageRoot, building);
    const decision = await withCommit(packageRoot, base, { ...building, packages: 'either' }, folder =>
      decideAgainst(folder, rules, conditions, interrupts.stop),
    );
    const subject = { experiment: `speed/${name}`, tier: 'speed', baselineName: revision, commit, dirty };
    return { ...decision, ...subject, decidedAt: new Date().toISOString() };
  } finally {
    interrupts.release();
  }
}

/** `folder`: the base's code, compiled. */
async function decideAgainst(
  folder: string,
  rules: SpeedRules,
  conditions: { base: string; seed: number },
  stop: AbortSignal,
): Promise<Decision & Pick<GateReport, 'speed'>> {
  const { suite, looks, confidence } = rules;
  const found = await baseSuite(folder, suite, stop);
  if ('why' in found) return { outcome: 'incomparable', because: found.why, look: 1, looks, confidence, checks: [] };
  const urls = { base: found.url, head: suiteUrl(suite) };
  const measure = roundMeasurer({ urls, seed: conditions.seed, stop });
  const { rounds, moved, ...decision } = await decideSpeed(rules, told(measure, rules));
  return { ...decision, speed: { ...conditions, rounds, moved, benchmarksOf: found.benchmarksOf } };
}

/** Each with its own margin, if it has one; all of the suite if none is named. */
export function askedBenchmarks({ name, benchmarks }: Suite, metric: readonly string[]): [string, string?][] {
  const known = Object.keys(benchmarks);
  if (metric.length === 0) return known.map(one => [one]);
  const asked = metric.map(text => text.split('=') as [string, string?]);
  for (const [one] of asked) if (!known.includes(one)) throw unknownName(`benchmark of ${name}`, one, known);
  return asked;
}

function rulesOf(suite: Suite, options: CompareOptions): SpeedRules {
  const { metric, margin = SPEED_DEFAULTS.margin, confidence = SPEED_DEFAULTS.confidence } = options;
  const asked = askedBenchmarks(suite, metric);
  const margins = Object.fromEntries(asked.map(([one, own = margin]) => [one, relativeMargin(own)]));
  return {
    suite: suite.name,
    margins,
    confidence,
    looks: looksOf(options.rounds ?? SPEED_DEFAULTS.rounds, confidence),
  };
}

/** The same, and says on which round it is. */
function told(measure: ReturnType<typeof roundMeasurer>, { looks }: SpeedRules): typeof measure {
  let round = 0;
  return names => {
    tell(`Round ${++round} (looks after ${looks.join(', ')}): ${names.join(', ')}.`);
    return measure(names);
  };
}

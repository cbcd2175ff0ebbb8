/** The speed of the present checkout against a commit's, by a suite: `bench speed --compare` and `bench gate --base`. */
import { randomInt } from 'node:crypto';
import { packageRoot } from '../core/places.ts';
import { plainText } from '../core/plain-text.ts';
import { unknownName } from '../core/registry.ts';
import {
  decideSpeed,
  type GateReport,
  looksOf,
  relativeMargin,
  SPEED_DEFAULTS,
  type SpeedRules,
} from '../gate/index.ts';
import { checkoutProvenance } from '../runner/checkout.ts';
import { findCommit, withCommit } from '../runner/worktree.ts';
import { compile } from '../runner/worktree-build.ts';
import { baseSuite } from '../speed/base-suite.ts';
import { roundMeasurer } from '../speed/rounds.ts';
import { suiteUrl } from '../speed/run-suite.ts';
import { findSuite, type Suite } from '../speed/suite.ts';
import { Interrupts } from './interrupts.ts';

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
  const seed = options.seed ?? randomInt(MOST_SEED);
  const interrupts = new Interrupts(() => say('Stopping.'));
  const building = { say, stop: interrupts.stop };
  try {
    await compile(packageRoot, building);
    return await withCommit(packageRoot, base, { ...building, packages: 'either' }, async folder => {
      const { url, benchmarksOf } = await baseSuite(folder, name, interrupts.stop);
      const measure = roundMeasurer({ urls: { base: url, head: suiteUrl(name) }, seed, stop: interrupts.stop });
      const { rounds, moved, ...decision } = await decideSpeed(rules, told(measure, rules));
      const speed = { base, seed, rounds, moved, benchmarksOf };
      return { ...decision, ...subject(name), baselineName: revision, decidedAt: new Date().toISOString(), speed };
    });
  } finally {
    interrupts.release();
  }
}

function rulesOf(suite: Suite, options: CompareOptions): SpeedRules {
  const { metric, margin = SPEED_DEFAULTS.margin, confidence = SPEED_DEFAULTS.confidence } = options;
  const known = Object.keys(suite.benchmarks);
  const asked =
    metric.length > 0 ? metric.map(text => text.split('=') as [string, string?]) : known.map(one => [one] as const);
  for (const [one] of asked) if (!known.includes(one)) throw unknownName(`benchmark of ${suite.name}`, one, known);
  const margins = Object.fromEntries(asked.map(([one, own = margin]) => [one, relativeMargin(own)]));
  return {
    suite: suite.name,
    margins,
    confidence,
    looks: looksOf(options.rounds ?? SPEED_DEFAULTS.rounds, confidence),
  };
}

function subject(suite: string): Pick<GateReport, 'experiment' | 'tier' | 'commit' | 'dirty'> {
  const { commit, dirty } = checkoutProvenance();
  return { experiment: `speed/${suite}`, tier: 'speed', commit, dirty };
}

/** The same, and says on which round it is. */
function told(measure: ReturnType<typeof roundMeasurer>, { looks }: SpeedRules): typeof measure {
  let round = 0;
  return names => {
    say(`Round ${++round} (looks after ${looks.join(', ')}): ${names.join(', ')}.`);
    return measure(names);
  };
}

function say(line: string): void {
  process.stderr.write(`${plainText(line)}\n`);
}

import { EXIT, type ExitCode } from '../core/errors.ts';
import type { CheckOutcome } from './check.ts';
import type { Decision } from './decision.ts';

/** What a decision is about, for whoever reads it. */
export interface GateReport extends Decision {
  experiment: string;
  tier: string;
  baselineName: string;
  /** ISO 8601. */
  decidedAt: string;
  /** What was judged; null outside a git checkout. */
  commit: string | null;
  /** It had changes that are not in the commit. */
  dirty: boolean;
  /** Where times of two codes were compared. */
  speed?: SpeedConditions;
}

/** How the rounds of a comparison of speed were made. */
interface SpeedConditions {
  /** The commit that is compared with. */
  base: string;
  /** Of the order within each round. */
  seed: number;
  rounds: number;
  /** Of these, how many were thrown away because the machine moved. */
  moved: number;
  /** Whose benchmarks ran on the base's code. */
  benchmarksOf: 'head' | 'base';
}

/** The codes are part of the interface: every CI relies on them. */
export function exitCodeOf(outcome: CheckOutcome, onInconclusive: 'pass' | 'fail'): ExitCode {
  if (outcome === 'inconclusive') return onInconclusive === 'pass' ? EXIT.ok : EXIT.inconclusive;
  return { pass: EXIT.ok, fail: EXIT.failed, incomparable: EXIT.noData }[outcome];
}

/** The whole in one line. */
export function gateSentence(report: GateReport): string {
  const { outcome, because, experiment, baselineName, checks, look, looks, speed } = report;
  const count = (one: CheckOutcome): number => checks.filter(check => check.outcome === one).length;
  const counts = (['fail', 'incomparable', 'inconclusive', 'pass'] as const)
    .filter(one => count(one) > 0)
    .map(one => `${count(one)} ${one}`);
  const about =
    because ??
    `${counts.join(', ')}, ${looks[look - 1]} ${speed ? 'rounds' : 'seeds'}, look ${look} of ${looks.length}`;
  return `${outcome.toUpperCase()}: ${experiment} against ${baselineName}: ${about}.`;
}

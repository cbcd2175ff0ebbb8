import { EXIT, type ExitCode } from '../core/errors.ts';
import { formatNumber } from '../stats/index.ts';
import { type Check, type CheckOutcome, digitsOf } from './check.ts';
import type { Decision } from './decision.ts';

/** The codes are part of the interface: every CI relies on them. */
export function exitCodeOf(outcome: CheckOutcome, onInconclusive: 'pass' | 'fail'): ExitCode {
  if (outcome === 'inconclusive') return onInconclusive === 'pass' ? EXIT.ok : EXIT.inconclusive;
  return { pass: EXIT.ok, fail: EXIT.failed, incomparable: EXIT.noData }[outcome];
}

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

/** Of one check, in one line. */
export function checkSentence(check: Check): string {
  const name = `${check.metric} of ${check.arm}`;
  const numbers = effectText(check);
  const needed = check.seedsNeeded ? `; about ${check.seedsNeeded} seeds would decide it` : '';
  return `${name}: ${[numbers, check.because].filter(Boolean).join('; ') || 'equal'}${needed}`;
}

/** "worse by 0.012 (0.004 to 0.020), margin 0.010"; empty without numbers. */
function effectText(check: Check): string {
  const { worsening, interval, margin, baseline, present } = check;
  if (baseline === null || present === null) return '';
  if (worsening === null || margin === null) return `${baseline} → ${present}`;
  const digits = digitsOf(check);
  const text = (value: number): string => formatNumber(value, digits);
  const range = interval ? ` (${text(interval[0])} to ${text(interval[1])})` : '';
  return `worse by ${text(worsening)}${range}, margin ${text(margin)}`;
}

/** Of the whole gate. */
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

/** Rounds until every benchmark is decided, at planned looks, and never more than were planned. */
import type { SpeedRound, SpeedSample } from '../core/speed-round.ts';
import type { Check } from './check.ts';
import { adjustForAll, blankCheck, type Decision, levelOfLook, together } from './decision.ts';
import { judgeTimes } from './speed-check.ts';
import type { SpeedRules } from './speed-rules.ts';

interface SpeedDecision extends Decision {
  /** Measured, and of these the ones that count for nothing: the control op says that the machine moved. */
  rounds: number;
  moved: number;
}

/** Measures the benchmarks once on each side. */
type MeasureRound = (benchmarks: readonly string[]) => Promise<SpeedRound>;

export async function decideSpeed(rules: SpeedRules, measure: MeasureRound): Promise<SpeedDecision> {
  const { looks, confidence } = rules;
  const seen: Seen = { kept: [], moved: 0 };
  let checks: Check[] = [];
  let look = 0;
  let open = Object.keys(rules.margins);
  for (let steady = true; steady && look < looks.length && open.length > 0; look++) {
    steady = await gather(seen, looks[look] as number, rules, () => measure(open));
    const judged = lookAt(rules, seen.kept, checks);
    checks = steady ? judged : judged.map(check => (open.includes(check.metric) ? unsteady(check, seen) : check));
    open = checks.filter(isOpen).map(check => check.metric);
  }
  const outcome = together(checks);
  return { outcome, because: null, look, looks, confidence, checks, ...countsOf(seen) };
}

interface Seen {
  kept: SpeedRound[];
  moved: number;
}

const countsOf = ({ kept, moved }: Seen) => ({ rounds: kept.length + moved, moved });

/** Until so many rounds are kept. False: as many as were planned in all had to be thrown away. */
async function gather(
  seen: Seen,
  count: number,
  rules: SpeedRules,
  measure: () => Promise<SpeedRound>,
): Promise<boolean> {
  const most = rules.looks.at(-1) as number;
  while (seen.kept.length < count && seen.moved < most) {
    const round = await measure();
    if (hasMoved(round, rules)) seen.moved++;
    else seen.kept.push(round);
  }
  return seen.kept.length >= count;
}

/** The control did not take the same time on both sides, by as much as would be tolerated of a benchmark. */
function hasMoved({ base, head }: SpeedRound, { margins }: SpeedRules): boolean {
  const tolerated = Math.log1p(Math.min(...Object.values(margins)));
  return !(Math.abs(Math.log(head.controlMs / base.controlMs)) <= tolerated);
}

export function lookAt(rules: SpeedRules, rounds: readonly SpeedRound[], before: readonly Check[]): Check[] {
  const level = levelOfLook(rules.confidence, rules.looks.length);
  return judgeOpen(Object.keys(rules.margins), level, before, name => judge(rules, name, rounds, level));
}

/** What is decided stays decided; Holm's adjustment is over all, each with the p of its own look. */
export function judgeOpen(
  benchmarks: readonly string[],
  level: number,
  before: readonly Check[],
  judgeOne: (benchmark: string) => Check,
): Check[] {
  const known = new Map(before.filter(check => !isOpen(check)).map(check => [check.metric, check]));
  const judged = benchmarks.map(name => known.get(name) ?? judgeOne(name));
  return adjustForAll(judged, level).map(check => known.get(check.metric) ?? check);
}

function judge({ suite, margins }: SpeedRules, benchmark: string, rounds: readonly SpeedRound[], level: number): Check {
  const failure = rounds.map(round => failureOf(round, benchmark)).find(why => why !== null);
  if (failure) return { ...blankCheck(benchmark, suite, level), because: failure };
  const times = (side: keyof SpeedRound): number[] => rounds.map(round => round[side].medianMs[benchmark] as number);
  const margin = margins[benchmark] as number;
  return judgeTimes({ suite, benchmark, base: times('base'), head: times('head'), margin, level });
}

function failureOf({ base, head }: SpeedRound, benchmark: string): string | null {
  const of = ({ medianMs, failures }: SpeedSample): string | null =>
    failures[benchmark] ?? (medianMs[benchmark] === undefined ? 'not measured' : null);
  const [before, now] = [of(base), of(head)];
  return before !== null ? `base: ${before}` : now !== null ? `head: ${now}` : null;
}

const isOpen = ({ outcome }: Check): boolean => outcome === 'inconclusive';

/** The planned look was never reached: what was open before it stays so. */
const unsteady = (check: Check, seen: Seen): Check => ({
  ...check,
  outcome: 'inconclusive',
  because: `the machine moved in ${seen.moved} of ${countsOf(seen).rounds} rounds`,
});

/** What a bisection found, as text or JSON. */
import { EXIT } from '../../core/errors.ts';
import type { GateMargin } from '../../core/experiment.ts';
import { type Check, type CommitOutcome, intervalText, marginText } from '../../gate/index.ts';
import type { Commit } from '../../runner/commits.ts';
import type { Colour } from '../output/colour.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';

export interface BisectStep extends Commit {
  outcome: CommitOutcome;
  because: string | null;
  /** Against the good commit; null where nothing could be measured. */
  check: Check | null;
}

export interface Bisected {
  experiment: string;
  tier: string;
  metric: string;
  arm: string;
  margin: GateMargin;
  good: string;
  bad: string;
  /** After the good one, with the bad one. */
  commits: number;
  /** The first bad commit is among them, at this confidence; it is found if there is only one. */
  suspects: readonly Commit[];
  confidence: number;
  riskOfDecision: number;
  steps: readonly BisectStep[];
}

/** Returns the exit code: inconclusive unless one commit is left. */
export function writeBisected(bisected: Bisected, { json }: { json?: boolean }): number {
  if (json) printJson(bisected);
  else process.stdout.write(`${stepTable(bisected.steps)}${conclusion(bisected)}`);
  return bisected.suspects.length === 1 ? EXIT.ok : EXIT.inconclusive;
}

export const decisionsOf = (steps: readonly BisectStep[]): number =>
  steps.filter(({ outcome }) => outcome === 'good' || outcome === 'bad').length;

const COLOURS: Record<CommitOutcome, Colour> = { good: 'green', bad: 'red', untestable: 'gray', undecided: 'yellow' };

function stepTable(steps: readonly BisectStep[]): string {
  return formatTable(steps, [
    { title: 'commit', text: step => step.hash.slice(0, 12) },
    { title: 'is', text: step => step.outcome, colour: step => COLOURS[step.outcome] },
    { title: 'worse by', text: ({ check }) => (check && intervalText(check)) || '-' },
    { title: 'seeds', align: 'right', text: ({ check }) => (check ? String(check.seeds.length) : '-') },
    { title: 'subject', text: step => step.subject },
  ]);
}

function conclusion({ suspects, confidence, riskOfDecision, steps, metric, arm, margin, good }: Bisected): string {
  const names = suspects.map(({ hash, subject }) => `${hash.slice(0, 12)} ${subject}`);
  const head =
    names.length === 1 ? `First bad commit: ${names[0]}` : `The first bad commit is one of:\n${names.join('\n')}`;
  const bad = `Bad: ${metric} of ${arm} is worse than at ${good.slice(0, 12)} by more than ${marginText(margin)}.`;
  const sure = `Confidence ${Number(confidence.toPrecision(4))}: ${decisionsOf(steps)} decisions, each wrong with at most ${Number((100 * riskOfDecision).toPrecision(3))} %; provided that the level changed once.`;
  return `${head}\n${bad}\n${sure}\n`;
}

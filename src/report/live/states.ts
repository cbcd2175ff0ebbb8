/** How far runs are, to look at: marks, bars, times. Never by colour alone. */
import { formatDuration } from '../../core/duration.ts';
import { remainingMs } from '../../core/pace.ts';
import { RUN_STATES, type RunState, type RunSummary } from '../../core/results.ts';
import { type Html, html } from '../html.ts';

const MARKS: Record<RunState, string> = {
  pending: '·',
  running: '▸',
  finished: '✓',
  failed: '✗',
  killed: '■',
  crashed: '✗',
  unreachable: '?',
};

export const stateText = (state: RunState): Html =>
  html`<span class="state ${state}"><span aria-hidden="true">${MARKS[state]}</span> ${state}</span>`;

/** "▸ 2 running  ✓ 5 finished" */
export function stateCounts(states: Partial<Record<RunState, number>>): Html {
  const known = RUN_STATES.filter(state => (states[state] ?? 0) > 0);
  return html`<span class="counts">${known.map(
    state =>
      html`<span class="state ${state}"><span aria-hidden="true">${MARKS[state]}</span> ${states[state]} ${state}</span> `,
  )}</span>`;
}

/** Steps done, as a bar and in figures. Of how many may not be known: then there is no bar. */
export function progress({ step, steps }: Pick<RunSummary, 'step' | 'steps'>): Html {
  const figures = step.toLocaleString('en');
  if (steps === 0) return html`${figures}`;
  const of = `${figures} of ${steps.toLocaleString('en')}`;
  return html`<span class="progress"><progress max="${steps}" value="${Math.min(step, steps)}" aria-label="${of} steps"></progress> ${of}</span>`;
}

/** Time that these runs, which are all of some work, will still take; nothing where that is not known. */
export function timeLeft(runs: readonly RunSummary[], nowMs: number): string {
  const places = runs.filter(run => run.state === 'running').length;
  const cells = runs.filter(run => run.steps > 0).map(run => ({ arm: run.arm, steps: run.steps, run }));
  const leftMs = remainingMs(cells, Math.max(1, places), nowMs);
  return places > 0 && cells.length === runs.length && Number.isFinite(leftMs) ? formatDuration(leftMs) : '';
}

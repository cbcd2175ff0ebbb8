import type { ReportResults } from '../costs.ts';
import { finishedRuns } from '../metrics.ts';
import { medianStep, reachedBy, shareReached, type Target, targetOf } from '../reached.ts';
import { armChannels } from './_channels.ts';
import { type Column, defineChart, type Row, type Spec } from './_chart.ts';
import { fading, highlightParams } from './_highlight.ts';
import { LEVEL_TITLE, PADDING } from './_looks.ts';

const HEIGHT_PX = 220;

export default defineChart({
  name: 'steps-to-error',
  title: 'Steps to a given error',
  place: 'curves',
  order: 9,
  rows: rowsOf,
  tableRows: rows => rows.filter(row => row.summary === 'yes'),
  columns: results => columns(targetOf(results)),
  about: results => {
    const target = targetOf(results);
    return `Share of an arm’s seeds that have come down to ${wordsOf(target)} by a step, as far as evaluations tell (Kaplan and Meier’s estimate). Seeds that ended above it are not left out: they count as not reached until their last step. The target is the error that half of the arms reach by their end, rounded up; it was chosen from these data, so this shows a course and decides nothing.`;
  },
  describe: rows =>
    `Step plot. ${rows
      .filter(row => row.summary === 'yes')
      .map(row => `${row.arm}: ${row.reached}`)
      .join('; ')}.`,
  spec: specOf,
});

const wordsOf = (target: Target | undefined): string =>
  target ? `a ${inASentence(target.metric.title)} of ${target.value} ${target.metric.unit}` : 'a given error';

/** "Test error, top-1": "top-1 test error" */
const inASentence = (title: string): string => title.toLowerCase().split(', ').reverse().join(' ');

/** The steps of each arm's line; the last of them also says what the table does. */
function rowsOf(results: ReportResults): Row[] {
  const target = targetOf(results);
  if (target === undefined) return [];
  return results.arms.flatMap(arm => {
    const seeds = reachedBy(results, arm, target);
    if (seeds.length === 0) return [];
    const reached = seeds.filter(seed => !seed.censored).length;
    const line = shareReached(seeds).map(({ step, share }): Row => ({ arm, step, share: 100 * share }));
    const ended = seeds.length - finishedRuns(results, arm).length;
    const summary = {
      reached: `${reachedWords(reached, seeds.length)}${ended > 0 ? `, ${ended} ended early` : ''}`,
      median: medianStep(seeds),
      summary: 'yes',
    };
    return [...line.slice(0, -1), { ...line.at(-1), ...summary }];
  });
}

const reachedWords = (reached: number, seeds: number): string =>
  reached === 0 ? `not reached in ${seeds} of ${seeds} seeds` : `reached in ${reached} of ${seeds} seeds`;

function columns(target: Target | undefined): Column[] {
  return [
    { key: 'arm', title: 'Arm' },
    { key: 'reached', title: target ? `${target.metric.title} of ${target.value} ${target.metric.unit}` : 'Error' },
    { key: 'median', title: 'Median step', digits: 0 },
  ];
}

function specOf(_rows: Row[], results: ReportResults): Spec {
  const { color, strokeDash, shape } = armChannels(results);
  const legend = { title: null, orient: 'bottom', columns: 4, symbolType: 'stroke' };
  const tooltip = ['arm', 'step', 'share'].map(field => ({ field }));
  return {
    height: HEIGHT_PX,
    padding: PADDING,
    params: highlightParams(results),
    encoding: {
      ...fading(results, 0.9),
      x: {
        field: 'step',
        type: 'quantitative',
        title: 'training step',
        scale: { nice: false },
        axis: { format: ',d', tickMinStep: 1 },
      },
      y: {
        field: 'share',
        type: 'quantitative',
        title: 'seeds that have reached it, %',
        scale: { domain: [0, 100] },
        axis: LEVEL_TITLE,
      },
      color: { ...color, legend },
      strokeDash: { ...strokeDash, legend },
    },
    layer: [
      { mark: { type: 'line', interpolate: 'step-after' } },
      { mark: { type: 'point', filled: true, size: 40 }, encoding: { shape: { ...shape, legend }, tooltip } },
    ],
  };
}

/** `bench gate history METRIC`: the series of past decisions, where its level changed, and a chart of it. */
import { EXIT, UserError } from '../../core/errors.ts';
import { type GateSeries, gateSeries, pastGates, type SeriesPoint } from '../../gate/index.ts';
import { specFile } from '../../report/chart-file.ts';
import { gateHistorySpec, type HistoryPoint } from '../../report/gate-history-chart.ts';
import { writeOutput } from '../../report/output.ts';
import { digitsFor, formatNumber } from '../../stats/index.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { chartFormatOf } from '../report/chart.ts';
import { OUTCOME_COLOURS } from './outputs.ts';

export interface GateHistoryOptions {
  experiment?: string;
  out?: string;
  json?: boolean;
}

const COMMIT_CHARACTERS = 8;

export async function gateHistory(metric: string, { experiment, out, json }: GateHistoryOptions): Promise<number> {
  const { gates, unread } = pastGates();
  if (unread.length > 0) process.stderr.write(`bench: gates.jsonl: no decision in line ${unread.join(', ')}.\n`);
  const chosen = experiment === undefined ? gates : gates.filter(gate => gate.experiment === experiment);
  const series = gateSeries(chosen, metric);
  if (series.length === 0) throw nothing(metric, experiment, gates);
  if (out !== undefined) await draw(metric, series, out);
  if (json) printJson(series);
  else process.stdout.write(series.map(seriesText).join('\n'));
  return EXIT.ok;
}

function nothing(metric: string, experiment: string | undefined, gates: ReturnType<typeof pastGates>['gates']) {
  const known = [...new Set(gates.flatMap(gate => gate.checks.map(check => check.metric)))].sort();
  const of = experiment === undefined ? '' : ` of ${experiment}`;
  return new UserError(
    `gate history: no gate${of} has compared "${metric}". Compared were: ${known.join(', ') || 'nothing yet'}.`,
    { exitCode: EXIT.noData },
  );
}

async function draw(metric: string, series: readonly GateSeries[], out: string): Promise<void> {
  const format = chartFormatOf(out);
  const sources = [...new Set(series.map(({ experiment, tier }) => `${experiment} ${tier}`))];
  if (sources.length > 1)
    throw new UserError(`--out: expected one experiment to draw, got ${sources.join(', ')}. Give --experiment.`);
  writeOutput(await specFile(gateHistorySpec(metric, series.flatMap(historyPoints)), format), out);
}

function historyPoints({ arm, points }: GateSeries): HistoryPoint[] {
  return points.map((point, i) => {
    const { value, level, outcome, decidedAt } = point;
    return { arm, commit: commitText(point, i), value, level, outcome, decidedAt };
  });
}

/** A state that has no commit of its own is numbered, so that no two are drawn as one. */
function commitText({ commit, dirty }: SeriesPoint, index: number): string {
  const short = commit?.slice(0, COMMIT_CHARACTERS) ?? 'no commit';
  return dirty || commit === null ? `${short} +${index + 1}` : short;
}

function seriesText(series: GateSeries): string {
  const { experiment, tier, arm, metric, points, changes, noise } = series;
  const digits = digitsFor(noise || Math.abs(points[0]?.value ?? 0));
  const text = (value: number | null): string => (value === null ? '-' : formatNumber(value, digits));
  const table = formatTable(historyRows(series), [
    { title: 'commit', text: row => row.commit },
    { title: 'decided', text: row => row.point.decidedAt.slice(0, 16).replace('T', ' ') },
    { title: 'value', align: 'right', text: row => text(row.point.value) },
    { title: 'worse by', text: ({ point: { interval } }) => interval?.map(text).join(' to ') ?? '-' },
    { title: 'margin', align: 'right', text: row => text(row.point.margin) },
    { title: 'check', text: row => row.point.outcome, colour: row => OUTCOME_COLOURS[row.point.outcome] },
    { title: 'level', text: row => (row.change ? `${text(row.change.from)} → ${text(row.change.to)}` : '') },
  ]);
  const count = changes.length === 1 ? '1 change' : `${changes.length} changes`;
  return `${metric} of ${arm}, ${experiment} ${tier}: ${count} of level; a point's noise is ${formatNumber(noise, digits)}.\n${table}`;
}

function historyRows({ points, changes }: GateSeries) {
  return points.map((point, i) => ({
    point,
    commit: commitText(point, i),
    change: changes.find(({ at }) => at === i),
  }));
}

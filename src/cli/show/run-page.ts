/** What `bench show RUN` prints. */
import { formatAge, formatDuration } from '../../core/duration.ts';
import type { Json } from '../../core/ids.ts';
import type { AttemptSummary, CurveSummary, RunDetail } from '../../tracking/queries.ts';
import { leavesOf } from '../../tracking/queries.ts';
import { formatLines, formatSections, jsonLine, type Line } from '../output/lines.ts';
import { formatTable } from '../output/table.ts';
import { formatFigure } from './run-table.ts';

export function formatRun(run: RunDetail, curves: readonly CurveSummary[], nowMs = Date.now()): string {
  const sections: [string, string][] = [
    [`run ${run.id}`, formatLines(headLines(run, nowMs))],
    [
      'final figures',
      formatLines(Object.entries(run.metrics).map(([name, value]) => [name, formatFigure(name, value)])),
    ],
    ['curves', curves.length > 0 ? indent(formatCurves(curves)) : ''],
    ['attempts', formatLines(run.attemptList.map(attemptLine))],
    ['artifacts', formatLines(run.artifacts.map(({ name, path, bytes }) => [name, `${path} (${bytes} bytes)`]))],
    ['configuration', formatLines(Object.entries(run.params).map(jsonLine))],
    [
      'provenance',
      run.provenance === null ? '' : formatLines([...leavesOf(run.provenance as unknown as Json)].map(jsonLine)),
    ],
  ];
  return formatSections(sections);
}

function headLines(run: RunDetail, nowMs: number): Line[] {
  const started: Line[] =
    run.startedAt === null
      ? []
      : [['started', `${new Date(run.startedAt).toISOString()}, ${formatAge(nowMs - run.startedAt)} ago`]];
  const took: Line[] =
    run.startedAt === null || run.endedAt === null ? [] : [['took', formatDuration(run.endedAt - run.startedAt)]];
  return [
    ['experiment', `${run.experiment}, tier ${run.tier}`],
    ['arm', `${run.arm}, seed ${run.seed}`],
    ['state', run.reason === null ? run.state : `${run.state}: ${run.reason}`],
    ...saidLines(run),
    ['step', run.steps === 0 ? String(run.step) : `${run.step} of ${run.steps}`],
    ...started,
    ...took,
    ['identity', run.identity],
    ...run.folders.map((folder): Line => ['folder', folder]),
    ...run.logs.map((log): Line => ['log', log]),
  ];
}

/** What people say of the run. */
function saidLines({ tags, note, starred, archived, deleted }: RunDetail): Line[] {
  const marks = [starred && 'starred', archived && 'archived', deleted && 'deleted: `bench undo` brings it back'];
  const words = marks.filter(mark => mark !== false).join(', ');
  const lines: Line[] = [
    ['tags', tags.join(' ')],
    ['note', note ?? ''],
    ['marks', words],
  ];
  return lines.filter(([, text]) => text !== '');
}

function attemptLine(attempt: AttemptSummary): Line {
  const end = attempt.endState ?? 'no end';
  const text = `steps ${attempt.fromStep} to ${attempt.step}, ${end}${attempt.reason === null ? '' : `: ${attempt.reason}`}`;
  const took = formatDuration(attempt.lastEventAt - attempt.startedAt);
  return [String(attempt.attempt), `${text} (${took}, process ${attempt.pid} on ${attempt.host})`];
}

function formatCurves(curves: readonly CurveSummary[]): string {
  const figure = (key: 'first' | 'min' | 'last') => ({
    title: key,
    align: 'right' as const,
    text: (curve: CurveSummary) => formatFigure(curve.metric, curve[key]),
  });
  return formatTable(curves, [
    { title: 'metric', text: curve => curve.metric },
    { title: 'points', align: 'right', text: curve => String(curve.points) },
    figure('first'),
    figure('min'),
    figure('last'),
  ]);
}

const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');

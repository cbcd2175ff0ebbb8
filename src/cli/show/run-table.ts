import { formatAge } from '../../core/duration.ts';
import type { RunState, RunSummary } from '../../core/results.ts';
import { type Curation, latestValues } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import type { Colour } from '../output/colour.ts';
import { type Column, formatTable } from '../output/table.ts';

const STATE_COLOURS: Record<RunState, Colour> = {
  pending: 'gray',
  running: 'cyan',
  finished: 'green',
  failed: 'red',
  killed: 'yellow',
  crashed: 'red',
  unreachable: 'yellow',
};

/** Metrics that are fractions and read better in percent. */
const PERCENT = /\.top\d$/;

/** The columns of figures that a list has if nobody asks for others. */
export const DEFAULT_FIGURES: readonly string[] = ['train.loss', 'test.top1'];

type Row = RunSummary & Partial<Curation>;

export function formatRuns(
  store: Store,
  runs: readonly Row[],
  { figures = DEFAULT_FIGURES, nowMs = Date.now() }: { figures?: readonly string[]; nowMs?: number } = {},
): string {
  return formatTable(
    runs.map(run => withLatest(store, run)),
    [...columns(figures, nowMs), ...curationColumns(runs)],
  );
}

/** NaN and infinities as words; null for a figure that is not known. */
export function formatFigure(name: string, value: number | undefined): string {
  if (value === undefined) return '-';
  if (!Number.isFinite(value)) return String(value);
  return PERCENT.test(name) ? `${(100 * value).toFixed(1)} %` : Number(value.toPrecision(4)).toString();
}

function columns(figures: readonly string[], nowMs: number): Column<Row>[] {
  return [
    { title: 'run', text: run => run.id },
    { title: 'experiment', text: run => `${run.experiment} ${run.tier}` },
    { title: 'arm', text: run => run.arm },
    { title: 'seed', align: 'right', text: run => String(run.seed) },
    { title: 'state', text: run => run.state, colour: run => STATE_COLOURS[run.state] },
    { title: 'step', align: 'right', text: run => (run.steps === 0 ? String(run.step) : `${run.step}/${run.steps}`) },
    ...figures.map(figureColumn),
    { title: 'age', align: 'right', text: run => (run.startedAt === null ? '-' : formatAge(nowMs - run.startedAt)) },
  ];
}

/** Only where somebody said something. */
function curationColumns(runs: readonly Row[]): Column<Row>[] {
  const said = runs.some(run => wordsOf(run) !== '');
  return said ? [{ title: 'tags', text: wordsOf }] : [];
}

const wordsOf = ({ starred, tags, archived, deleted }: Row): string =>
  [starred && '★', ...(tags ?? []), archived && '(archived)', deleted && '(deleted)'].filter(Boolean).join(' ');

const figureColumn = (name: string): Column<Row> => ({
  title: name,
  align: 'right',
  text: run => formatFigure(name, run.metrics[name]),
});

/** A run that has no final figures yet shows where its curves stand. */
function withLatest(store: Store, run: Row): Row {
  return run.state === 'finished' ? run : { ...run, metrics: { ...latestValues(store, run.id), ...run.metrics } };
}

import type { RunGroup } from '../../tracking/queries.ts';
import { type Column, formatTable } from '../output/table.ts';
import { formatFigure } from './run-table.ts';

/** A line a group: how many runs in which states, and the mean ± standard deviation of their final figures. */
export function formatGroups(groups: readonly RunGroup[]): string {
  const fields = Object.keys(groups[0]?.by ?? {});
  const figures = [...new Set(groups.flatMap(group => Object.keys(group.figures)))].sort();
  return formatTable(groups, [
    ...fields.map((name): Column<RunGroup> => ({ title: name, text: group => String(group.by[name] ?? '-') })),
    { title: 'runs', align: 'right', text: group => String(group.runs) },
    { title: 'states', text: statesOf },
    ...figures.map((name): Column<RunGroup> => ({ title: name, align: 'right', text: group => figureOf(group, name) })),
  ]);
}

const statesOf = ({ states }: RunGroup): string =>
  Object.entries(states)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');

function figureOf({ figures }: RunGroup, name: string): string {
  const figure = figures[name];
  if (figure === undefined) return '-';
  const spread = Number.isNaN(figure.deviation) ? '' : ` ± ${formatFigure(name, figure.deviation)}`;
  return `${formatFigure(name, figure.mean)}${spread} (${figure.runs})`;
}

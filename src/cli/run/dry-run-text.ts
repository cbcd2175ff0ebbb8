/** A dry run for a person: what in all, by arm, which data, and what is only estimated. */
import { formatDuration } from '../../core/duration.ts';
import { formatBytes } from '../../core/format-bytes.ts';
import { formatCompact, formatCount, formatShape } from '../nets/format.ts';
import { type Column, formatTable } from '../output/table.ts';
import type { DryRun } from './dry-run.ts';
import type { PlannedArm } from './planned-costs.ts';
import type { PlannedData } from './planned-data.ts';

const SECONDS_PER_DAY = 86_400;
/** Longer durations are told in days. */
const MANY_DAYS = 2;

export function dryRunText(found: DryRun): string {
  const { experiment, tier, about, arms, data } = found;
  const lines = [
    `${experiment}, tier ${tier}: ${about}.`,
    cellsLine(found),
    `About ${durationText(found.processorSeconds)} of one processor, ${formatBytes(found.memoryBytes)} of memory for a cell, ${formatBytes(found.bytes)} of disk.`,
    `${formatCount(found.images)} images seen in training, ${found.operations.toPrecision(2)} operations.`,
    '',
    formatTable(arms, COLUMNS),
    ...arms.flatMap(solvedLine),
    ...data.map(dataLine),
    ESTIMATES,
    ...arrayLines(found),
  ];
  return `${lines.join('\n')}\n`;
}

const ESTIMATES =
  'Time is by runs of these arms, else by operations at 30 GFLOPS; memory by weights and outputs of layers, on a CPU (docs/performance.md).';

function cellsLine({ cells, planned, arms, seeds }: DryRun): string {
  const all = `${planned} cells: ${arms.length} ${arms.length === 1 ? 'arm' : 'arms'} × ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`;
  return cells === planned ? `${all}.` : `${all}; ${cells} of them are still to be run.`;
}

const COLUMNS: readonly Column<PlannedArm>[] = [
  { title: 'arm', text: row => row.arm },
  { title: 'net', text: row => row.net },
  { title: 'input', text: row => formatShape(row.input) },
  { title: 'parameters', align: 'right', text: row => formatCompact(row.parameters) },
  { title: 'MACs', align: 'right', text: row => formatCompact(row.macs) },
  { title: 'batch', align: 'right', text: row => String(row.batch) },
  { title: 'steps', align: 'right', text: row => formatCount(row.steps) },
  { title: 'epochs', align: 'right', text: row => row.epochs.toPrecision(3) },
  { title: 'memory', align: 'right', text: row => formatBytes(row.memoryBytes) },
];

const solvedLine = ({ arm, solved }: PlannedArm): string[] =>
  solved === null
    ? []
    : [`${arm}: ${solved.option} ${solved.value} gives it the ${COUNTS[solved.count]} of ${solved.arm}.`];

const COUNTS = { parameters: 'parameters', macs: 'multiply-adds' };

function dataLine({ title, here, fingerprint, trainImages, testImages, packBytes }: PlannedData): string {
  const size = `${title}: ${formatCount(trainImages)} images to train, ${formatCount(testImages)} to test`;
  const known = fingerprint === null ? 'fingerprint unknown until it is' : `fingerprint ${fingerprint.slice(0, 12)}`;
  const pack = packBytes > 0 ? `; decoded once, about ${formatBytes(packBytes)}` : '';
  return `${size}; ${here ? 'here' : 'not here'}, ${known}${pack}.`;
}

function arrayLines({ arrays }: DryRun): string[] {
  const [first] = arrays;
  if (first === undefined) return [];
  const tasks = arrays.reduce((sum, array) => sum + array.tasks, 0);
  return ['', `${tasks} tasks in ${arrays.length} job arrays. The first one's script:`, '', first.script];
}

function durationText(seconds: number): string {
  const days = seconds / SECONDS_PER_DAY;
  return days < MANY_DAYS ? formatDuration(1000 * seconds) : `${formatCount(Math.round(days))} days`;
}

/** `bench baseline …`: all but saving. */
import { EXIT, UserError } from '../../core/errors.ts';
import {
  type Baseline,
  baselineNames,
  diffBaselines,
  hasBaseline,
  marginText,
  readBaseline,
  removeBaseline,
  sealBaseline,
  writeBaseline,
} from '../../gate/index.ts';
import { boundOf, mean, standardDeviation } from '../../stats/index.ts';
import { printJson } from '../output/json.ts';
import { formatLines, type Line } from '../output/lines.ts';
import { formatTable } from '../output/table.ts';
import { type SaveOptions, saveBaseline } from './baseline-save.ts';
import { baselineTable, changeTable } from './baseline-table.ts';

const ARGUMENTS: Record<string, number> = { save: 1, list: 0, show: 1, diff: 2, promote: 2, rm: 1 };

export async function baselineCommand(
  [action = '', ...names]: readonly string[],
  options: SaveOptions,
): Promise<number> {
  const expected = Object.hasOwn(ARGUMENTS, action) ? ARGUMENTS[action] : undefined;
  if (expected === undefined)
    throw new UserError(`baseline: expected one of ${Object.keys(ARGUMENTS).join(', ')}, got "${action}".`);
  if (names.length !== expected)
    throw new UserError(`baseline ${action}: expected ${expected} names, got ${names.length}.`);
  const [name = '', other = ''] = names;
  if (action === 'save') return saveBaseline(name, options);
  if (action === 'list') return list(options);
  if (action === 'show') return show(name, options);
  if (action === 'diff') return diff(name, other, options);
  if (action === 'promote') return promote(name, other, options);
  return remove(name);
}

function list({ json }: SaveOptions): number {
  const baselines = baselineNames().map(readBaseline);
  if (json) printJson(baselines);
  else process.stdout.write(baselines.length > 0 ? baselineTable(baselines) : 'No baselines.\n');
  return EXIT.ok;
}

function show(name: string, { json }: SaveOptions): number {
  const baseline = readBaseline(name);
  if (json) printJson(baseline);
  else process.stdout.write(`${formatLines(facts(baseline))}\n${figureTable(baseline)}`);
  return EXIT.ok;
}

function facts({ name, experiment, tier, savedAt, machine, thresholds, checksum, ...code }: Baseline): Line[] {
  const gates = thresholds.map(one => `${one.metric}: ${one.direction} is better, margin ${marginText(one.margin)}`);
  return [
    ['baseline', name],
    ['experiment', `${experiment} ${tier}`],
    ['saved', savedAt],
    ['commit', `${code.commit ?? 'unknown'}${code.dirty ? ', with changes that are not committed' : ''}`],
    ['machine', machine ? `${machine.cpu}, ${machine.cores} cores, TensorFlow ${machine.tensorflow}` : 'unknown'],
    ['checksum', checksum],
    ...gates.map((text): Line => ['gate', text]),
  ];
}

function figureTable({ figures }: Baseline): string {
  const rows = Object.entries(figures).flatMap(([metric, byArm]) =>
    Object.entries(byArm).map(([arm, bySeed]) => ({ metric, arm, values: Object.values(bySeed).map(boundOf) })),
  );
  return formatTable(rows, [
    { title: 'metric', text: row => row.metric },
    { title: 'arm', text: row => row.arm },
    { title: 'seeds', align: 'right', text: row => String(row.values.length) },
    { title: 'mean', align: 'right', text: row => mean(row.values).toPrecision(6) },
    { title: 'deviation', align: 'right', text: row => standardDeviation(row.values).toPrecision(3) },
  ]);
}

function diff(a: string, b: string, { json }: SaveOptions): number {
  const changes = diffBaselines(readBaseline(a), readBaseline(b));
  if (json) printJson(changes);
  else process.stdout.write(changes.length > 0 ? changeTable(changes) : 'No difference.\n');
  return EXIT.ok;
}

/** The content of one under the name of another: what a reviewer sees is the difference between the two. */
function promote(from: string, to: string, { force = false }: SaveOptions): number {
  const { checksum: _, schema: __, ...content } = readBaseline(from);
  if (hasBaseline(to) && !force) {
    process.stdout.write(changeTable(diffBaselines(readBaseline(to), readBaseline(from))));
    throw new UserError(`baseline ${to} exists and was not changed. Give --force to replace it by ${from}.`);
  }
  process.stdout.write(`Saved: ${writeBaseline(sealBaseline({ ...content, name: to }))}\n`);
  return EXIT.ok;
}

function remove(name: string): number {
  removeBaseline(name);
  process.stdout.write(`Removed: baseline ${name}\n`);
  return EXIT.ok;
}

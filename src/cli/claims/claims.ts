/** `bench claims`: every claim with what became of it. */
import { formatAge, formatDuration } from '../../core/duration.ts';
import { EXIT, type ExitCode } from '../../core/errors.ts';
import {
  type ClaimEffect,
  type ClaimRow,
  claimRow,
  type RowVerdict,
  valueText,
} from '../../report/records/claim-row.ts';
import { claimMatrix, countText } from '../../report/records/claims-markdown.ts';
import { readRecord } from '../../report/records/record-file.ts';
import { allSpecs, loadSpec } from '../../runner/experiments.ts';
import type { Colour } from '../output/colour.ts';
import { printJson } from '../output/json.ts';
import { type Column, formatTable } from '../output/table.ts';
import { VERDICT_COLOURS } from './verdict-lines.ts';

const COLOURS: Record<RowVerdict, Colour | null> = { ...VERDICT_COLOURS, 'not run': null };

export async function claimsCommand(
  id: string | undefined,
  { markdown, json }: { markdown?: boolean; json?: boolean },
): Promise<ExitCode> {
  const rows = await claimRows(id);
  if (json) printJson(rows);
  else process.stdout.write(markdown ? claimMatrix(rows) : listOf(rows, id !== undefined));
  return EXIT.ok;
}

/** Of all experiments, or of one. */
export async function claimRows(id?: string): Promise<ClaimRow[]> {
  const specs = id === undefined ? await allSpecs() : [await loadSpec(id)];
  return specs.map(spec => claimRow(spec, readRecord(spec.id)));
}

function listOf(rows: readonly ClaimRow[], detailed: boolean): string {
  if (!detailed) return `${formatTable(rows, EXPERIMENT_COLUMNS)}${countText(rows)}\n`;
  return formatTable(
    rows.flatMap(row => row.effects),
    CLAIM_COLUMNS,
  );
}

const EXPERIMENT_COLUMNS: readonly Column<ClaimRow>[] = [
  { title: 'experiment', text: row => row.id },
  { title: 'verdict', text: row => row.verdict, colour: row => COLOURS[row.verdict] },
  { title: 'effect (95 % interval)', text: row => valueText(row.effects[0] as ClaimEffect) },
  { title: 'published', text: row => shorten(row.published) },
  { title: 'seeds', align: 'right', text: row => (row.seeds > 0 ? String(row.seeds) : '') },
  {
    title: 'cost',
    align: 'right',
    text: row => (row.costSeconds === null ? '' : formatDuration(1000 * row.costSeconds)),
  },
  { title: 'age', align: 'right', text: row => (row.ran === null ? '' : formatAge(Date.now() - Date.parse(row.ran))) },
];

const CLAIM_COLUMNS: readonly Column<ClaimEffect>[] = [
  { title: 'claim', text: effect => effect.name },
  { title: 'kind', text: effect => effect.kind },
  { title: 'verdict', text: effect => effect.verdict, colour: effect => COLOURS[effect.verdict] },
  { title: 'effect (95 % interval)', text: valueText },
  { title: 'published', text: effect => effect.published },
];

const MOST_LETTERS = 48;

const shorten = (text: string): string =>
  text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS - 1).trimEnd()}…`;

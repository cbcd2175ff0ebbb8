/** All claims as Markdown: a row an experiment for README, the matrix of claims and verdicts for docs/claims.md. */
import { type MatrixRow, matrixMarkdown } from '../claim-matrix.ts';
import { markdownTable } from '../markdown.ts';
import { MARKS } from '../outcomes.ts';
import { type ClaimEffect, type ClaimRow, type RowVerdict, valueText } from './claim-row.ts';

/** The own claim of each experiment that was run. */
export function experimentTable(rows: readonly ClaimRow[]): string {
  const settled = rows.filter(row => row.verdict !== 'not run');
  const lines = settled.map(row => {
    const [own] = row.effects as [ClaimEffect];
    return [
      `[${row.id}](experiments/${row.id}.ts)`,
      own.statement,
      verdictText(row.verdict),
      valueText(own),
      own.published,
    ];
  });
  const heads = ['Experiment', 'Its first claim', 'Verdict', 'Effect (95 % interval)', 'Published'];
  return markdownTable([heads, heads.map(() => '---'), ...lines]);
}

/** A row a claim. */
export const claimMatrix = (rows: readonly ClaimRow[]): string =>
  matrixMarkdown(rows.flatMap(row => row.effects.map(effect => matrixRowOf(row, effect))));

/** "31 experiments: 12 confirmed, 4 refuted, 9 inconclusive, 6 not run." */
export function countText(rows: readonly ClaimRow[]): string {
  const verdicts: readonly RowVerdict[] = ['confirmed', 'refuted', 'inconclusive', 'not run'];
  const counts = verdicts.map(verdict => `${rows.filter(row => row.verdict === verdict).length} ${verdict}`);
  return `${rows.length} experiments: ${counts.join(', ')}.`;
}

const matrixRowOf = (
  { id, seeds }: ClaimRow,
  { name, statement, verdict, value, interval, unit, published }: ClaimEffect,
): MatrixRow => ({
  id: `${id}/${name}`,
  statement,
  verdict: verdict === 'not run' ? null : verdict,
  effect: value ?? Number.NaN,
  interval,
  unit,
  published,
  seeds,
});

const verdictText = (verdict: RowVerdict): string => (verdict === 'not run' ? verdict : `${MARKS[verdict]} ${verdict}`);

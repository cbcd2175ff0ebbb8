/** The matrix of all claims as Markdown: a row an experiment for README, a row a claim for docs/claims.md. */
import { formatEffect } from '../../stats/index.ts';
import { MARKS } from '../outcomes.ts';
import { type ClaimEffect, type ClaimRow, type RowVerdict, valueText } from './claim-row.ts';

/** In words what it is about, and the experiment's own claim. */
export function experimentTable(rows: readonly ClaimRow[]): string {
  return table(
    ['experiment', 'its first claim', 'verdict', 'effect (95 % interval)', 'published'],
    rows.map(row => {
      const [own] = row.effects as [ClaimEffect];
      return [
        `[${row.id}](experiments/${row.id}.ts)`,
        own.statement,
        verdictText(row.verdict),
        valueText(own),
        own.published,
      ];
    }),
  );
}

export function claimTable(rows: readonly ClaimRow[]): string {
  const titles = ['claim', 'kind', 'verdict', 'effect (95 % interval)', 'margin', 'published', 'seeds', 'cost', 'run'];
  return table(
    titles,
    rows.flatMap(row => row.effects.map((effect, i) => claimCells(row, effect, i === 0))),
  );
}

/** "31 experiments: 12 confirmed, 4 refuted, 9 inconclusive, 6 not run." */
export function countText(rows: readonly ClaimRow[]): string {
  const verdicts: readonly RowVerdict[] = ['confirmed', 'refuted', 'inconclusive', 'not run'];
  const counts = verdicts.map(verdict => `${rows.filter(row => row.verdict === verdict).length} ${verdict}`);
  return `${rows.length} experiments: ${counts.join(', ')}.`;
}

function claimCells(row: ClaimRow, effect: ClaimEffect, isFirst: boolean): string[] {
  const name = `${row.id} / ${effect.name}`;
  return [
    `${isFirst && row.record ? `[${name}](../${row.record})` : name}: ${effect.statement}`,
    effect.kind,
    verdictText(effect.verdict),
    valueText(effect),
    marginText(effect),
    effect.published,
    isFirst && row.seeds > 0 ? String(row.seeds) : '',
    isFirst && row.costSeconds !== null ? `${Math.ceil(row.costSeconds / 60)} min` : '',
    isFirst ? (row.ran ?? '') : '',
  ];
}

function marginText({ margin, unit, kind }: ClaimEffect): string {
  if (margin === null || margin === 0) return margin === null ? '' : '0';
  return `${kind === 'equivalence' ? '±' : ''}${formatEffect(margin, unit)}`;
}

const verdictText = (verdict: RowVerdict): string =>
  verdict === 'not run' ? '· not run' : `${MARKS[verdict]} ${verdict}`;

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return `${line(titles)}|${'---|'.repeat(titles.length)}\n${rows.map(line).join('')}`;
}

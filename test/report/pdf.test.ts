import type { ContentTable, TableCell } from 'pdfmake/interfaces.js';
import { describe, expect, test } from 'vitest';
import { ablationPdf } from '../../src/report/ablation/pdf.ts';
import { ablationTable } from '../../src/report/ablation/table.ts';
import { paperPdf } from '../../src/report/paper.ts';
import { drawingPdf } from '../../src/report/pdf.ts';
import { inventResults } from './example-results.ts';

/** Two arms, of which one is clearly better: of four none is. */
const { runs, ...invented } = await inventResults();
const arms = ['plain-34', 'residual-34'];
const results = { ...invented, arms, runs: runs.filter(run => arms.includes(run.arm)) };
const latin1 = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

describe('the ablation table', () => {
  const table = ablationTable(results);
  const [caption, content] = ablationPdf(table) as [{ text: string }, ContentTable];
  const { body, headerRows, widths } = content.table;

  test('has a row an arm, a column a metric, and its caption above', () => {
    expect(caption.text).toBe(table.caption);
    expect(body.length).toBe(1 + results.arms.length);
    expect(body.map(row => row.length)).toEqual(body.map(() => 2 + table.columns.length));
    expect(widths).toHaveLength(2 + table.columns.length);
  });

  test('has the three rules of booktabs and no upright one', () => {
    const { hLineWidth, vLineWidth } = content.layout as Required<typeof content.layout & object>;
    const rules = body
      .map((_, i) => hLineWidth(i, content) as number)
      .concat(hLineWidth(body.length, content) as number);
    expect(rules.flatMap((width, i) => (width > 0 ? [i] : []))).toEqual([0, headerRows, body.length]);
    expect(vLineWidth(1, content)).toBe(0);
  });

  test('is bold where the table says that an arm is best, and nowhere else', () => {
    const isBold = (cell: TableCell): boolean => (cell as { stack: { bold?: boolean }[] }).stack[0]?.bold === true;
    const bold = body.slice(1).map(row => row.slice(2).map(isBold));
    expect(bold).toEqual(table.rows.map(row => row.cells.map(cell => cell.best)));
    expect(bold.flat()).toContain(true);
  });
});

test('a drawing alone is a page of its size, in points, and vectors', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" class="marks" width="400" height="200" viewBox="0 0 400 200"><path d="M0,0L400,200" stroke="#000"></path><text x="5" y="50" font-family="sans-serif" font-size="12px">✓ name</text></svg>';
  const pdf = latin1(await drawingPdf(svg));
  expect(pdf).toMatch(/^%PDF-1\.\d/);
  expect(pdf).toContain('/MediaBox [0 0 300 150]');
  expect(pdf).toContain('(D:19700101000000Z)');
  expect(pdf.includes('/Subtype /Image')).toBe(false);
});

test('the paper of an experiment: text in an embedded font, no picture, the same bytes each time', async () => {
  const [first, second] = await Promise.all([1, 2].map(async () => paperPdf(await inventResults())));
  const pdf = latin1(first as Uint8Array);
  expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(2);
  expect(pdf.includes('+Roboto-Regular')).toBe(true);
  expect(pdf.includes('/Subtype /Image')).toBe(false);
  expect(Buffer.from(first as Uint8Array).equals(second as Uint8Array)).toBe(true);
});

test('without any run there is still a paper', async () => {
  expect(latin1(await paperPdf(await inventResults({ seeds: 0 })))).toMatch(/^%PDF/);
});

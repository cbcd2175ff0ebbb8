import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { chartFile } from '../../src/report/chart-file.ts';
import { allCharts } from '../../src/report/chart-folder.ts';
import { inventResults } from './example-results.ts';

const charts = await allCharts();
const results = await inventResults();

describe('charts as files', () => {
  test.each(charts)('$name: an SVG with marks and nothing that is not a number', async chart => {
    const svg = String(await chartFile(chart, results, 'svg'));
    expect(svg).toMatch(/^<svg [^>]*width="\d/);
    expect(svg).toMatch(/class="mark-(line|symbol|rule|rect)/);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  const [loss] = charts.filter(chart => chart.name === 'training-loss') as [(typeof charts)[number]];

  test('a PNG has twice the pixels of the picture', async () => {
    const svg = String(await chartFile(loss, results, 'svg', 500));
    const { width, format } = await sharp((await chartFile(loss, results, 'png', 500)) as Uint8Array).metadata();
    expect(format).toBe('png');
    expect(width).toBe(2 * Number(svg.match(/width="([\d.]+)"/)?.[1]));
  });

  test('CSV and Vega-Lite hold the rows', async () => {
    const rows = loss.rows(results);
    const csv = String(await chartFile(loss, results, 'csv'));
    const lines = csv.trim().split('\n');
    expect(lines[0]).toBe('arm,seed,step,seconds,value,low,high');
    expect(lines.length).toBe(rows.length + 1);
    expect(JSON.parse(String(await chartFile(loss, results, 'json'))).data.values).toEqual(
      JSON.parse(JSON.stringify(rows)),
    );
  });

  test('a negative figure stays a number in CSV', async () => {
    const [noise] = charts.filter(chart => chart.name === 'noise') as [(typeof charts)[number]];
    const offs = String(await chartFile(noise, results, 'csv'))
      .split('\n')
      .map(line => line.split(',')[2] ?? '');
    expect(offs.some(off => /^-\d/.test(off))).toBe(true);
  });

  test('the same results give the same bytes', async () => {
    const again = await inventResults();
    expect(await chartFile(loss, again, 'svg')).toBe(await chartFile(loss, results, 'svg'));
  });

  test('nothing to draw is no file', async () => {
    expect(await chartFile(loss, await inventResults({ seeds: 0 }), 'svg')).toBeNull();
  });
});

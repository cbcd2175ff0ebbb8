/** Every chart's specification against Vega-Lite's own schema and compiler: a warning is a failure. */
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { compile } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import { loadFolder } from '../../src/core/folder.ts';
import type { ChartDefinition } from '../../src/report/chart.ts';
import { inventResults } from './example-results.ts';

const schema = JSON.parse(readFileSync('node_modules/vega-lite/build/vega-lite-schema.json', 'utf8'));
const ajv = new Ajv({ strict: false, allowUnionTypes: true });
addFormats(ajv);
ajv.addFormat('color-hex', /^#[0-9a-f]{3,8}$/i);
const validate = ajv.compile(schema);

const charts = (await loadFolder<ChartDefinition>(new URL('../../src/report/charts/', import.meta.url))).map(
  entry => entry.value,
);
const results = await inventResults();

describe('charts', () => {
  test.each(charts)('$name', chart => {
    expect(chart.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(chart.about).toMatch(/\.$/);
    const drawing = chart.draw(results);
    if (!drawing) throw new Error('expected a drawing');
    const spec = JSON.parse(JSON.stringify(drawing.spec));
    expect(validate(spec), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    const warnings: string[] = [];
    const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger } as never;
    function note(...texts: unknown[]) {
      warnings.push(texts.join(' '));
      return logger;
    }
    compile(spec, { logger });
    expect(warnings).toEqual([]);
    expect(drawing.rows.length).toBeGreaterThan(0);
  });

  test('nothing to draw is nothing, not a broken chart', async () => {
    const empty = await inventResults({ seeds: 0 });
    for (const chart of charts) expect(chart.draw(empty)).toBeNull();
  });

  test('a curve of 600 steps becomes at most 120 buckets, each the mean of its steps', () => {
    const spec = charts.find(chart => chart.name === 'training-loss')?.draw(results)?.spec as never as {
      layer: { data: { values: { arm: string; step: number; mean: number }[] } }[];
    };
    const rows = spec.layer[2]?.data.values.filter(row => row.arm === 'plain-18') ?? [];
    expect(rows.length).toBe(120);
    const curves = results.curves.filter(curve => curve.arm === 'plain-18' && curve.metric === 'train.loss');
    const first = curves.flatMap(curve => curve.points.slice(0, 5).map(point => point[1]));
    expect(rows[0]).toMatchObject({
      step: 5,
      mean: expect.closeTo(first.reduce((a, b) => a + b, 0) / first.length, 10),
    });
  });
});

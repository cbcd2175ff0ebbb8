import type { TopLevelSpec } from 'vega-lite';
import type { ExperimentResults } from '../../core/results.ts';
import { mean, meanInterval } from '../../stats/index.ts';
import { defineChart, type Row } from '../chart.ts';
import { armEncoding, armLooks, finalValues } from './_arms.ts';

export default defineChart({
  name: 'final-error',
  title: 'Final test error',
  about:
    'Top-1 error on the whole test set after the last step: each seed (dots), the mean of each arm and its 95 % interval. Intervals of arms may overlap although their paired difference is clear.',
  order: 60,
  draw(results) {
    const values = finalValues(results, 'test.top1');
    const rows = values.map(({ run, value }): Row => ({ arm: run.arm, seed: run.seed, value: 100 * value }));
    return rows.length > 0 ? { spec: specOf(results, rows), rows } : null;
  },
});

function intervalRows(results: ExperimentResults, rows: readonly Row[]): Row[] {
  return armLooks(results).flatMap((look): Row[] => {
    const values = rows.filter(row => row.arm === look.arm).map(row => Number(row.value));
    if (values.length === 0) return [];
    const [low, high] = meanInterval(values, 0.95) ?? [mean(values), mean(values)];
    return [{ ...look, mean: mean(values), low, high }];
  });
}

function specOf(results: ExperimentResults, rows: readonly Row[]): TopLevelSpec {
  const looks = armLooks(results);
  const seeds = rows.map(row => ({ ...looks.find(look => look.arm === row.arm), ...row }));
  const intervals = intervalRows(results, rows);
  const { color } = armEncoding(results);
  const y = { field: 'arm', type: 'nominal', title: null, sort: [...results.arms], axis: { labelLimit: 110 } } as const;
  const x = (field: string) =>
    ({ field, type: 'quantitative', title: 'test error, top-1 (%)', scale: { zero: false } }) as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    autosize: { type: 'fit-x', contains: 'padding' },
    height: 48 * results.arms.length,
    layer: [
      {
        data: { values: intervals as never },
        mark: { type: 'rule', strokeWidth: 3 },
        encoding: { x: x('low'), x2: { field: 'high' }, y, color },
      },
      {
        data: { values: seeds as never },
        mark: { type: 'circle', size: 40, opacity: 0.55, yOffset: 10 },
        encoding: {
          x: x('value'),
          y,
          color,
          tooltip: [{ field: 'arm' }, { field: 'seed' }, { field: 'value', format: '.2f' }],
        },
      },
      {
        data: { values: intervals as never },
        mark: { type: 'point', filled: true, size: 90, opacity: 1 },
        encoding: { x: x('mean'), y, color },
      },
    ],
  };
}

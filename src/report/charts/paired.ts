import type { TopLevelSpec } from 'vega-lite';
import type { ExperimentResults } from '../../core/results.ts';
import { mean } from '../../stats/index.ts';
import { defineChart, type Row } from '../chart.ts';
import { armEncoding, armLooks, factorNames, finalValues } from './_arms.ts';

export default defineChart({
  name: 'paired',
  title: 'The same seed in both levels',
  about:
    'One thin line a seed: its final figure at each level of the last factor. Lines of one seed started from the same weights where shapes agree and saw the same batches; the thick lines are the means. Lines that are not parallel between the colours are the interaction.',
  order: 50,
  draw(results) {
    const metric = results.experiment.claims[0]?.metric ?? 'train.loss';
    const rows = rowsOf(results, metric);
    return factorNames(results).dash && rows.length > 0 ? { spec: specOf(results, metric, rows), rows } : null;
  },
});

function rowsOf(results: ExperimentResults, metric: string): Row[] {
  const looks = armLooks(results);
  return finalValues(results, metric).flatMap(({ run, value }) => {
    const look = looks.find(one => one.arm === run.arm);
    return look ? [{ ...look, seed: run.seed, value }] : [];
  });
}

function meansOf(results: ExperimentResults, rows: readonly Row[]): Row[] {
  return armLooks(results).flatMap(look => {
    const values = rows.filter(row => row.arm === look.arm).map(row => Number(row.value));
    return values.length > 0 ? [{ ...look, value: mean(values) }] : [];
  });
}

function specOf(results: ExperimentResults, metric: string, rows: readonly Row[]): TopLevelSpec {
  const { color } = armEncoding(results);
  const levels = [...new Set(armLooks(results).map(look => look.dash))];
  const x = {
    field: 'dash',
    type: 'nominal',
    title: factorNames(results).dash,
    sort: levels,
    axis: { labelAngle: 0 },
    scale: { padding: 0.3 },
  } as const;
  const y = { field: 'value', type: 'quantitative', title: metric, scale: { zero: false } } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    autosize: { type: 'fit-x', contains: 'padding' },
    height: 280,
    layer: [
      {
        data: { values: rows as never },
        mark: { type: 'line', strokeWidth: 1, opacity: 0.55, point: { size: 18, opacity: 0.7 } },
        encoding: {
          x,
          y,
          color,
          detail: { field: 'seed' },
          tooltip: [{ field: 'arm' }, { field: 'seed' }, { field: 'value', format: '.4f' }],
        },
      },
      {
        data: { values: meansOf(results, rows) as never },
        mark: { type: 'line', strokeWidth: 3, point: { size: 60, filled: true } },
        encoding: { x, y, color },
      },
    ],
  };
}

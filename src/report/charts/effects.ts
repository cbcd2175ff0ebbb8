import type { TopLevelSpec } from 'vega-lite';
import type { ClaimVerdict } from '../../core/results.ts';
import { inUnit } from '../../stats/index.ts';
import { defineChart } from '../chart.ts';

export default defineChart({
  name: 'effects',
  title: 'Effects against their margins',
  about:
    'For each claim the effect of each seed (dots), their mean and its 95 % interval, beside 0 (dashed) and the margin (ticks) that was set beforehand.',
  order: 10,
  draw({ verdicts }) {
    const [first] = verdicts;
    const shown = verdicts.filter(({ claim, seeds }) => claim.unit === first?.claim.unit && seeds.length > 0);
    return first && shown.length > 0 ? { spec: specOf(shown, first.claim.unit), rows: shown.flatMap(seedRows) } : null;
  },
});

const seedRows = ({ claim, seeds, effects }: ClaimVerdict) =>
  seeds.map((seed, i) => ({ claim: claim.id, seed, effect: inUnit(effects[i] as number, claim.unit) }));

function intervalRow({ claim, effect, interval }: ClaimVerdict) {
  const [low, high] = interval ?? [effect, effect];
  return {
    claim: claim.id,
    mean: inUnit(effect, claim.unit),
    low: inUnit(low, claim.unit),
    high: inUnit(high, claim.unit),
  };
}

/** An equivalence has a margin on both sides. */
function marginRows({ claim }: ClaimVerdict) {
  const margin = inUnit(claim.margin, claim.unit);
  return (claim.kind === 'equivalence' ? [-margin, margin] : [margin]).map(value => ({
    claim: claim.id,
    margin: value,
  }));
}

function specOf(verdicts: readonly ClaimVerdict[], unit: string): TopLevelSpec {
  const y = {
    field: 'claim',
    type: 'nominal',
    title: null,
    sort: verdicts.map(({ claim }) => claim.id),
    axis: { labelLimit: 130 },
  } as const;
  const x = (field: string) => ({ field, type: 'quantitative', title: `effect (${unit})` }) as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    autosize: { type: 'fit-x', contains: 'padding' },
    height: 56 * verdicts.length,
    layer: [
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: 'rule', strokeDash: [3, 3], opacity: 0.6 },
        encoding: { x: x('zero') },
      },
      {
        data: { values: verdicts.flatMap(marginRows) },
        mark: { type: 'tick', thickness: 2, size: 30 },
        encoding: { x: x('margin'), y },
      },
      {
        data: { values: verdicts.map(intervalRow) },
        mark: { type: 'rule', strokeWidth: 3, color: '#0072B2' },
        encoding: { x: x('low'), x2: { field: 'high' }, y },
      },
      {
        data: { values: verdicts.flatMap(seedRows) },
        mark: { type: 'circle', opacity: 0.55, size: 40, yOffset: 12 },
        encoding: { x: x('effect'), y, tooltip: [{ field: 'seed' }, { field: 'effect', format: '.4f' }] },
      },
      {
        data: { values: verdicts.map(intervalRow) },
        mark: { type: 'point', filled: true, size: 90, color: '#0072B2', opacity: 1 },
        encoding: {
          x: x('mean'),
          y,
          tooltip: [
            { field: 'mean', format: '.4f' },
            { field: 'low', format: '.4f' },
            { field: 'high', format: '.4f' },
          ],
        },
      },
    ],
  };
}

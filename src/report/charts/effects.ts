import type { ClaimVerdict, ExperimentResults } from '../../core/results.ts';
import { digitsFor, formatEffect, formatInterval, inUnit } from '../../stats/index.ts';
import { MARKS } from '../outcomes.ts';
import { type Column, defineChart, type Row, type Spec } from './_chart.ts';
import { dotLayers } from './_dots.ts';
import { endsOf, intervalColumns } from './_interval.ts';
import { colour } from './_looks.ts';
import { type Domain, MARK_ROOM, niceDomain } from './_scales.ts';
import { MEAN } from './_seeds.ts';

const ROW_PX = 74;
const BAND_PX = 36;
const LABEL_PX = -26;
const MARKS_PX = 9;

export default defineChart({
  name: 'effects',
  title: 'Effects against their margins',
  place: 'claims',
  order: 1,
  rows: results => shownIn(results).flatMap(rowsOf),
  columns,
  about: results =>
    `Ring: effect of one seed. Bar: their mean. Line: its 95 % interval. Shaded: where the whole line has to lie for the claim to be confirmed; the shade begins at the margin. Thin upright line: no effect.${omission(results)}`,
  describe: (_rows, results) => `Dot plot of the effects of the claims. ${shownIn(results).map(inWords).join(' ')}`,
  spec: (rows, results) => specOf(rows, shownIn(results)),
});

/** One axis has one unit: that of the first claim. */
function shownIn({ verdicts }: ExperimentResults): ClaimVerdict[] {
  const unit = verdicts[0]?.claim.unit;
  return verdicts.filter(({ claim, effects }) => claim.unit === unit && effects.some(Number.isFinite));
}

function omission(results: ExperimentResults): string {
  const omitted = results.verdicts.length - shownIn(results).length;
  return omitted > 0 ? ` Claims in another unit or without data (${omitted}) are only in the table.` : '';
}

function rowsOf({ claim, seeds, effects, effect, interval }: ClaimVerdict): Row[] {
  const own = (value: number | undefined): number | null => (value === undefined ? null : inUnit(value, claim.unit));
  return [
    ...seeds.map((seed, i) => ({ claim: claim.id, seed: String(seed), value: own(effects[i]), ...endsOf(null) })),
    { claim: claim.id, seed: MEAN, value: own(effect), low: own(interval?.[0]), high: own(interval?.[1]) },
  ];
}

function columns(results: ExperimentResults): Column[] {
  const shown = shownIn(results);
  const { unit = '' } = shown[0]?.claim ?? {};
  const widths = shown.map(({ interval, effect }) => inUnit(interval ? interval[1] - interval[0] : effect, unit));
  const digits = digitsFor(Math.max(0, ...widths.map(Math.abs))) + 1;
  return [
    { key: 'claim', title: 'Claim' },
    { key: 'seed', title: 'Seed' },
    { key: 'value', title: `Effect, ${unit}`, digits },
    ...intervalColumns(digits),
  ];
}

function inWords({ claim, outcome, effect, interval }: ClaimVerdict): string {
  const range = interval ? `, interval ${formatInterval(interval, claim.unit)}` : '';
  return `${claim.id}: ${formatEffect(effect, claim.unit)}${range}, ${outcome}.`;
}

function specOf(rows: Row[], verdicts: readonly ClaimVerdict[]): Spec {
  const margins = verdicts.flatMap(({ claim }) => supportOf(claim.kind, inUnit(claim.margin, claim.unit)));
  const domain = niceDomain([0, ...margins, ...rows.flatMap(row => [row.value, row.low, row.high])]);
  const x = {
    field: 'value',
    type: 'quantitative',
    title: `effect, ${verdicts[0]?.claim.unit} (above 0 supports the claim)`,
    scale: { domain, ...MARK_ROOM },
  };
  const y = {
    field: 'claim',
    type: 'nominal',
    title: null,
    axis: null,
    scale: { domain: verdicts.map(({ claim }) => claim.id) },
  };
  const tooltip = [
    { field: 'seed', title: 'seed' },
    { field: 'value', type: 'quantitative', title: 'effect', format: '.4f' },
  ];
  return {
    height: ROW_PX * verdicts.length,
    padding: { left: 8, top: 4, bottom: 2, right: 14 },
    encoding: { y, color: { value: colour('hue-2') } },
    layer: [
      supportLayer(x, verdicts, domain),
      zeroLayer(x, verdicts),
      ...dotLayers(x, tooltip, MARKS_PX),
      nameLayer(verdicts),
    ],
  };
}

/** Where the whole interval must lie: beyond the margin, or, for an equivalence, between both margins. */
const supportOf = (kind: string, margin: number): [number, number?] =>
  kind === 'equivalence' ? [-margin, margin] : [margin];

function supportLayer(x: Spec, verdicts: readonly ClaimVerdict[], domain: Domain): Spec {
  const values = verdicts.map(({ claim }) => {
    const [from, to = domain[1]] = supportOf(claim.kind, inUnit(claim.margin, claim.unit));
    return { claim: claim.id, from, to };
  });
  return {
    data: { values },
    mark: { type: 'bar', height: BAND_PX, yOffset: MARKS_PX, color: colour('shade') },
    encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' }, color: { value: colour('shade') } },
  };
}

const zeroLayer = (x: Spec, verdicts: readonly ClaimVerdict[]): Spec => ({
  data: { values: verdicts.map(({ claim }) => ({ claim: claim.id, value: 0 })) },
  mark: { type: 'tick', thickness: 1, size: BAND_PX, yOffset: MARKS_PX },
  encoding: { x, color: { value: colour('muted') } },
});

/** The claim's name and verdict stand above its marks: beside them they would take half of a telephone's width. */
function nameLayer(verdicts: readonly ClaimVerdict[]): Spec {
  return {
    data: {
      values: verdicts.map(({ claim, outcome }) => ({
        claim: claim.id,
        text: `${claim.id}  ${MARKS[outcome]} ${outcome}`,
      })),
    },
    mark: { type: 'text', align: 'left', baseline: 'middle', yOffset: LABEL_PX },
    encoding: { x: { value: 0 }, text: { field: 'text' }, color: { value: colour('ink') } },
  };
}

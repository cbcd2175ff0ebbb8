import { type ArmLayers, type Figures, withKernels } from '../../report/layers/mean.ts';
import { type Column, formatTable } from '../output/table.ts';

/** What an arm's layers did with its first weights, or with its last. */
interface Row {
  arm: string;
  seeds: number;
  weights: 'first' | 'last';
  layers: (Pick<ArmLayers['layers'][number], 'layer' | 'kind'> & { figures: Figures })[];
}

type EachRow = Pick<Row, 'arm' | 'weights'> & Row['layers'][number];

/**
 * Two lines an arm. Of the hidden layers with kernels the first and the last (the classifier's gradient always arrives);
 * dead units of all ReLUs together; how far local response normalisation is from a constant factor.
 */
export function formatArms(arms: readonly ArmLayers[]): string {
  const rows = arms.flatMap(rowsOf);
  const columns: Column<Row>[] = [
    { title: 'arm', text: ({ arm }) => arm },
    { title: 'seeds', align: 'right', text: ({ seeds }) => String(seeds) },
    { title: 'weights', text: ({ weights }) => weights },
    right('gradient, first', row => short(hidden(row)[0]?.gradientNorm)),
    right('last hidden', row => short(hidden(row).at(-1)?.gradientNorm)),
    right('deviation, first', row => short(hidden(row)[0]?.deviation)),
    right('last hidden', row => short(hidden(row).at(-1)?.deviation)),
    right('dead ReLUs', deadShare),
    right('LRN’s denominator, 5–95 %', denominators),
  ];
  return formatTable(
    rows,
    columns.filter(({ text }) => rows.some(row => text(row) !== NONE)),
  );
}

/** Two lines a layer that has weights, is a ReLU or normalises. */
export function formatEach(arms: readonly ArmLayers[]): string {
  const rows = arms.flatMap(rowsOf).flatMap(({ arm, weights, layers }) => {
    const told = layers.filter(({ figures }) => isTold(figures));
    return told.map((layer): EachRow => ({ arm, weights, ...layer }));
  });
  return formatTable(rows, [
    { title: 'arm', text: ({ arm }) => arm },
    { title: 'weights', text: ({ weights }) => weights },
    { title: 'layer', text: ({ layer }) => layer },
    { title: 'kind', text: ({ kind }) => kind },
    right('mean', ({ figures }) => short(figures.mean)),
    right('deviation', ({ figures }) => short(figures.deviation)),
    right('dead', ({ figures }) => percent(figures.dead)),
    right('gradient', ({ figures }) => short(figures.gradientNorm)),
    right('weights’ norm', ({ figures }) => short(figures.weightNorm)),
  ]);
}

const NONE = '–';

const right = <R>(title: string, text: (row: R) => string): Column<R> => ({ title, align: 'right', text });

function rowsOf({ arm, seeds, layers }: ArmLayers): Row[] {
  const row = (weights: Row['weights'], moment: 'start' | 'end'): Row => ({
    arm,
    seeds: seeds.length,
    weights,
    layers: layers.map(({ layer, kind, [moment]: figures }) => ({ layer, kind, figures })),
  });
  return [row('first', 'start'), row('last', 'end')];
}

const isTold = ({ gradientNorm, dead, denominator }: Figures): boolean =>
  gradientNorm !== undefined || dead !== undefined || denominator !== undefined;

function hidden({ layers }: Row): Figures[] {
  return withKernels(layers)
    .slice(0, -1)
    .map(({ figures }) => figures);
}

function deadShare({ layers }: Row): string {
  const shares = layers.flatMap(({ figures }) => figures.dead ?? []);
  return percent(shares.length === 0 ? undefined : shares.reduce((sum, dead) => sum + dead, 0) / shares.length);
}

function denominators({ layers }: Row): string {
  const found = layers.flatMap(({ figures }) => figures.denominator ?? []);
  return found.length === 0 ? NONE : found.map(({ low, high }) => `${short(low)}–${short(high)}`).join(', ');
}

const short = (value: number | undefined): string =>
  value === undefined ? NONE : String(Number(value.toPrecision(2)));

const percent = (share: number | undefined): string => (share === undefined ? NONE : `${(100 * share).toFixed(1)} %`);

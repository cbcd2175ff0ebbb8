import type { ExperimentResults } from '../../core/results.ts';
import { defineChart, type Row } from './_chart.ts';
import { colour } from './_looks.ts';

/** Of more classes the names cannot be read. */
const MOST_CLASSES = 30;
const CELL_PX = 26;
/** The page's colours are variables, which no scale can mix; on the darkest shade text can still be read. */
const SHADES = { domain: [0, 100], range: [0, 0.45], type: 'sqrt' };

export default defineChart({
  name: 'confusion',
  title: 'What is taken for what',
  place: 'test-set',
  order: 1,
  rows: ({ testSet }) => (!testSet || testSet.classes.length > MOST_CLASSES ? [] : rowsOf(testSet)),
  tableRows: rows => rows.filter(({ images }) => (images as number) > 0),
  columns: () => [
    { key: 'is', title: 'Is' },
    { key: 'takenFor', title: 'Taken for' },
    { key: 'images', title: 'Images', digits: 0 },
    { key: 'share', title: 'Of its class, %', digits: 1 },
  ],
  about: ({ testSet }) =>
    `A row is a class, a column what its images were taken for; the numbers are per cent of the row, shares below half a per cent are left out. The diagonal, in another colour, is what is right. ${nameOf(testSet)}`,
  describe: rows => {
    const wrong = rows.filter(({ is, takenFor }) => is !== takenFor);
    const most = wrong.toSorted((a, b) => (b.images as number) - (a.images as number))[0];
    return most && (most.images as number) > 0
      ? `Most often ${most.is} is taken for ${most.takenFor}: ${most.images} images.`
      : 'No image is taken for another class.';
  },
  spec: (_rows, { testSet }) => ({
    height: CELL_PX * (testSet?.classes.length ?? 0),
    encoding: {
      x: axis('takenFor', 'Taken for', testSet, { orient: 'top', labelAngle: -40 }),
      y: axis('is', 'Is', testSet, { titleAngle: 0, titleAlign: 'right' }),
    },
    layer: [
      {
        mark: { type: 'rect', stroke: colour('ground'), strokeWidth: 1 },
        encoding: {
          color: {
            condition: { test: 'datum.is === datum.takenFor', value: colour('hue-2') },
            value: colour('hue-1'),
          },
          opacity: { field: 'share', type: 'quantitative', legend: null, scale: SHADES },
          tooltip: [
            { field: 'is', title: 'Is' },
            { field: 'takenFor', title: 'Taken for' },
            { field: 'images', title: 'Images' },
          ],
        },
      },
      {
        transform: [{ filter: 'datum.share >= 0.5' }],
        mark: { type: 'text', fontSize: 11 },
        encoding: {
          text: { field: 'share', type: 'quantitative', format: '.0f' },
        },
      },
    ],
  }),
});

type TestSet = NonNullable<ExperimentResults['testSet']>;

function rowsOf({ classes, confusion }: TestSet): Row[] {
  return confusion.flatMap((row, is) => {
    const total = row.reduce((sum, images) => sum + images, 0);
    return row.map((images, takenFor) => ({
      is: classes[is] as string,
      takenFor: classes[takenFor] as string,
      images,
      share: total === 0 ? 0 : (100 * images) / total,
    }));
  });
}

function axis(
  field: string,
  title: string,
  testSet: ExperimentResults['testSet'],
  looks: Record<string, string | number | boolean>,
) {
  return {
    field,
    type: 'nominal',
    sort: [...(testSet?.classes ?? [])],
    title,
    axis: { ...looks, labelOverlap: false, ticks: false, domain: false, grid: false },
  };
}

const nameOf = (testSet: ExperimentResults['testSet']): string =>
  testSet ? `Run ${testSet.run} (${testSet.arm}, seed ${testSet.seed}), ${testSet.procedure}.` : '';

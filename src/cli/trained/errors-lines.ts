import type { ErrorRate } from '../../stats/index.ts';
import { formatNumber } from '../../stats/index.ts';
import { colour } from '../output/colour.ts';
import { formatTable } from '../output/table.ts';
import type { Comparison, SetFigures } from './errors.ts';

export function figureLines(set: SetFigures): string {
  const { run, procedure, images, dataset, loss, calibrationError, reliability } = set;
  return [
    colour(`${run}: ${procedure}, ${images} test images of ${dataset}`, 'bold'),
    rateLine('top-1 error', set.top1),
    rateLine('top-5 error', set.top5),
    `loss         ${formatNumber(loss, 4)} nats`,
    `calibration  ${percent(calibrationError)} expected error, ${reliability.length} of 15 bins have images`,
    '',
    worstTable(set.worst),
    set.confused.length > 0 ? confusedTable(set.confused) : 'No image is taken for another class.\n',
  ].join('\n');
}

/** Nothing without a comparison. */
export function comparisonLines(comparison: Comparison | null): string[] {
  if (comparison === null) return [];
  const { first, second, difference, interval, firstWrong, secondWrong, bothWrong, exactP, midP } = comparison;
  const [low, high] = interval.map(bound => formatNumber(100 * bound, 2));
  return [
    [
      colour(`${first} against ${second}, image by image`, 'bold'),
      `difference of the top-1 errors  ${formatNumber(100 * difference, 2)} pp, 95 % interval ${low} to ${high}`,
      `wrong: the first alone ${firstWrong}, the second alone ${secondWrong}, both ${bothWrong}`,
      `McNemar's test: exact p ${pValue(exactP)}, mid-p ${pValue(midP)}`,
      'This is about these two runs on these images; whether their nets differ, seeds decide.',
      '',
    ].join('\n'),
  ];
}

function rateLine(title: string, { rate, interval, wrong }: ErrorRate): string {
  return `${title}  ${percent(rate)}  95 % interval ${intervalText(interval)}  (${wrong} wrong)`;
}

function worstTable(worst: SetFigures['worst']): string {
  return formatTable(worst, [
    { title: 'Worst class', text: ({ name }) => name },
    { title: 'Images', align: 'right', text: ({ images }) => String(images) },
    { title: 'Error', align: 'right', text: ({ rate }) => percent(rate) },
    { title: '95 % interval', text: ({ interval }) => intervalText(interval) },
  ]);
}

function confusedTable(confused: SetFigures['confused']): string {
  return formatTable(confused, [
    { title: 'Is', text: ({ is }) => is },
    { title: 'Taken for', text: ({ takenFor }) => takenFor },
    { title: 'Images', align: 'right', text: ({ images }) => String(images) },
    { title: 'Of its class', align: 'right', text: ({ share }) => percent(share) },
  ]);
}

const percent = (share: number): string => `${formatNumber(100 * share, 2)} %`;

const intervalText = (interval: ErrorRate['interval']): string =>
  interval === null ? 'unknown' : `${formatNumber(100 * interval[0], 2)} to ${formatNumber(100 * interval[1], 2)} %`;

const pValue = (p: number): string => (p < 1e-4 ? p.toExponential(1) : p.toFixed(4));

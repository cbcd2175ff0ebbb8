import { formatNumber } from '../../stats/index.ts';
import { colour } from '../output/colour.ts';
import type { Prediction } from './predict.ts';

/** Of a probability of 1. */
const BAR_CELLS = 24;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** The image, its class where it is known, and a bar for each of the best classes (Krizhevsky et al. 2012, figure 4). */
export function predictionLines({ image, label, best }: Prediction): string {
  const width = Math.max(...best.map(one => one.class.length));
  const head = label === null ? image : `${image} (${label})`;
  const lines = best.map(({ class: name, probability }) => {
    const text = `  ${name.padEnd(width)}  ${percent(probability)}  ${bar(probability)}`.trimEnd();
    return colour(text, name === label ? 'green' : null);
  });
  return `${[colour(head, 'bold'), ...lines].join('\n')}\n`;
}

const percent = (probability: number): string => `${formatNumber(100 * probability, 1)} %`.padStart(7);

function bar(probability: number): string {
  const eighths = Math.round(8 * BAR_CELLS * probability);
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}

import { countNet } from '../../nets/index.ts';
import type { AskedNet } from './asked.ts';
import { formatCount } from './format.ts';

type Line = [title: string, text: string];

/** What was published of a net, and in one line where our counts differ. */
export function publishedLines({ definition, description, asPublished }: AskedNet): Line[] {
  const { published } = definition;
  const lines: Line[] = [];
  const figures = published && FIGURES.filter(figure => published[figure] !== undefined);
  if (published && figures && figures.length > 0) {
    const text = figures.map(figure => `${formatCount(published[figure] as number)} ${WORDS[figure]}`).join(', ');
    lines.push(['published', `${text} (${published.source})`], ['ours', differences()]);
  }
  if (published?.top5) {
    const { error, models, set, source } = published.top5;
    const many = models === 1 ? 'one model' : `${models} models`;
    lines.push(['top-5', `${(100 * error).toFixed(1)} % error of ${many} (${set}; ${source})`]);
  }
  return lines;

  function differences(): string {
    if (!asPublished) return "not of the paper's form: figures need not agree";
    const count = countNet(description);
    const said = (figures ?? []).map(figure => compareFigure(count[figure], published?.[figure] as number, figure));
    return `${said.join(', ')}${published?.counted ? `: ${published.counted}` : ''}`;
  }
}

/** A rounded figure with fewer digits says too little to agree with. */
const FEWEST_DIGITS = 3;
const FIGURES = ['parameters', 'macs'] as const;
const WORDS = { parameters: 'parameters', macs: 'MACs' } as const;

function compareFigure(ours: number, published: number, figure: (typeof FIGURES)[number]): string {
  const word = WORDS[figure];
  if (ours === published) return `${word} are equal`;
  const digits = digitsOf(published);
  if (digits >= FEWEST_DIGITS && Number(ours.toPrecision(digits)) === published) return `${word} are equal as rounded`;
  const percent = (100 * (ours - published)) / published;
  return `${word} are ${Math.abs(percent).toFixed(Math.abs(percent) < 0.1 ? 3 : 1)} % ${percent > 0 ? 'more' : 'fewer'}`;
}

/** 7,609,000,000 has four. */
function digitsOf(value: number): number {
  return String(value).replace(/0+$/, '').length;
}

import type { ExperimentResults } from '../../core/results.ts';
import type { ShownImage } from '../../core/shown-test-set.ts';
import { formatNumber } from '../../stats/index.ts';
import { type Html, html } from '../html.ts';

/** Test images with a bar for each of the five best classes (Krizhevsky et al. 2012, figure 4). */
export function sampleImages({ testSet }: ExperimentResults): Html | null {
  if (!testSet || testSet.samples.length === 0) return null;
  const { arm, seed, run, procedure, dataset, samples } = testSet;
  const wrong = samples.filter(isWrong).length;
  return html`<p class="soft">What ${arm}, seed ${seed} (run ${run}) says of ${samples.length} test images of ${dataset}, by ${procedure}. They were drawn at random, ${wrong} from those that it gets wrong and ${samples.length - wrong} from the others; the image’s own class is marked ✓.</p>
<ul class="samples">${samples.map(sample)}</ul>`;
}

const isWrong = ({ label, best }: ShownImage): boolean => best[0]?.class !== label;

function sample({ index, png, label, best }: ShownImage): Html {
  const row = (one: ShownImage['best'][number]): Html => {
    const right = one.class === label;
    const share = formatNumber(100 * one.probability, 1);
    return html`<li${right && html` class="right"`} style="--share: ${share}%"><span>${one.class}${right && ' ✓'}</span><span>${share} %</span></li>`;
  };
  return html`<li><img src="${png}" alt="Test image ${index}: ${label}" width="96" height="96"><p>${label}</p><ol>${best.map(row)}</ol></li>`;
}

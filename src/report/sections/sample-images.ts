import type { ExperimentResults } from '../../core/results.ts';
import type { ClassProbability, ShownImage, ShownTestSet } from '../../core/shown-test-set.ts';
import { formatNumber } from '../../stats/index.ts';
import { type Html, html } from '../html.ts';

/** Test images with a bar for each of the five best classes (Krizhevsky et al. 2012, figure 4), then the hardest ones. */
export function sampleImages({ testSet }: ExperimentResults): Html | null {
  if (!testSet || testSet.samples.length === 0) return null;
  const { arm, seed, run, procedure, dataset, samples } = testSet;
  const wrong = samples.filter(isWrong).length;
  return html`<h3>Drawn at random</h3>
<p class="soft">What ${arm}, seed ${seed} (run ${run}) says of ${samples.length} test images of ${dataset}, by ${procedure}. Drawn were ${wrong} from those that it gets wrong and ${samples.length - wrong} from the others; the image’s own class is marked ✓.</p>
<ul class="samples">${samples.map(sample)}</ul>
${hardest(testSet)}`;
}

const isWrong = ({ label, best }: ShownImage): boolean => best[0]?.class !== label;

function hardest({ arm, dataset, hardest: { seeds, images } }: ShownTestSet): Html {
  const many = seeds.length > 1;
  return html`<h3>The hardest ones</h3>
<p class="soft">The test images of ${dataset} of which ${arm} makes the least of their own class: ${many ? `the mean loss of its ${seeds.length} seeds` : `its loss, of seed ${seeds[0]},`} is greatest.${many && ' Probabilities are means over the seeds.'} Here one finds labels that are wrong, and images that nobody could tell.</p>
<ul class="samples">${images.map(sample)}</ul>`;
}

function sample({ index, png, label, probability, best }: ShownImage): Html {
  const row = (one: ClassProbability): Html => {
    const right = one.class === label;
    const share = formatNumber(100 * one.probability, 1);
    return html`<li${right && html` class="right"`} style="--share: ${share}%"><span>${one.class}${right && ' ✓'}</span><span>${share} %</span></li>`;
  };
  const isAmong = best.some(one => one.class === label);
  const rows = isAmong ? best : [...best, { class: label, probability }];
  return html`<li><img src="${png}" alt="Test image ${index}: ${label}" width="96" height="96"><p>${label}</p><ol>${rows.map(row)}</ol></li>`;
}

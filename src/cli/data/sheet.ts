/** The contact sheet of a dataset: one HTML file that needs no network. */
import type { ImageSet, LoadedDataset } from '../../core/dataset.ts';
import { plainDocument } from '../../report/document.ts';
import { type Html, html } from '../../report/html.ts';
import { augmentedRows } from './augmented.ts';
import { type DataFacts, type Duplicates, imageCount, sizeText } from './facts.ts';
import { filmStrip, stripOf, thumbnail } from './strips.ts';

const SHEET_STYLE = `
td img { display: block; image-rendering: pixelated; height: 3rem; max-width: none; }
.bar { display: block; height: 0.55rem; min-width: 1px; background: var(--hue-2); border-radius: 1px; }
.bar.test { margin-top: 2px; background: var(--hue-1); }
.counts td:last-child { width: 40%; vertical-align: middle; }
`;

export async function contactSheet(facts: DataFacts, dataset: LoadedDataset, perClass: number): Promise<string> {
  const { title, source, fingerprint, classes } = facts;
  const images = `${imageCount(classes, 'train')} training and ${imageCount(classes, 'test')} test images of ${classes.length} classes`;
  return plainDocument(
    title,
    html`<p class="kicker">dataset</p>
<h1>${title}</h1>
<p class="question">${images}, ${sizeText(facts)}.</p>
<p class="source">${source} · fingerprint <code>${fingerprint}</code></p>
${await imagesOf(dataset, perClass)}
${await augmentedOf(dataset, perClass)}
${countsTable(facts)}
${channelTable(facts)}
${await duplicatesOf(facts, dataset)}`,
    SHEET_STYLE,
  );
}

async function imagesOf(dataset: LoadedDataset, perClass: number): Promise<Html> {
  const rows: Html[] = [];
  for (const [label, name] of dataset.classes.entries()) {
    const strip = await filmStrip(dataset.train, label, perClass, dataset.shape[2]);
    const picture = strip === null ? 'none' : html`<img src="${strip}" alt="training images of class ${name}">`;
    rows.push(html`<tr><th scope="row">${name}</th><td>${picture}</td></tr>\n`);
  }
  return html`<h2>Images</h2>
<div class="scroll"><table class="compact"><caption>Training images, evenly spaced over those of each class in the order of the set.</caption>
<tbody>${rows}</tbody></table></div>`;
}

async function augmentedOf(dataset: LoadedDataset, count: number): Promise<Html> {
  const rows: Html[] = [];
  for (const { about, versions } of augmentedRows(dataset, count)) {
    const strip = await stripOf(versions, dataset.shape[2]);
    rows.push(html`<tr><th scope="row">${about}</th><td><img src="${strip}" alt="the image, ${about}"></td></tr>\n`);
  }
  return html`<h2>Augmented</h2>
<div class="scroll"><table class="compact"><caption>The first training image as a run with <code>input.augment</code> sees it in its first epochs, seed 1, with the papers’ constants.</caption>
<tbody>${rows}</tbody></table></div>`;
}

function countsTable({ classes }: DataFacts): Html {
  const most = Math.max(...classes.flatMap(({ train, test }) => [train, test]), 1);
  const bar = (kind: string, value: number): Html =>
    html`<span class="bar ${kind}" style="width: ${((100 * value) / most).toFixed(1)}%"></span>`;
  const rows = classes.map(
    ({ name, train, test }) =>
      html`<tr><th scope="row">${name}</th><td class="number">${train}</td><td class="number">${test}</td><td>${bar('train', train)}${bar('test', test)}</td></tr>\n`,
  );
  return html`<h2>Classes</h2>
<div class="scroll"><table class="counts"><thead><tr><th scope="col">class</th><th scope="col" class="number">training</th><th scope="col" class="number">test</th><th scope="col">training above, test below</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

const CHANNELS: Record<number, readonly string[]> = { 1: ['grey'], 3: ['red', 'green', 'blue'] };

function channelTable({ mean, std }: DataFacts): Html {
  const names = CHANNELS[mean.length] ?? mean.map((_, i) => String(i));
  const rows = mean.map(
    (value, i) =>
      html`<tr><th scope="row">${names[i]}</th><td class="number">${value.toFixed(6)}</td><td class="number">${std[i]?.toFixed(6)}</td></tr>\n`,
  );
  return html`<h2>Channels</h2>
<div class="scroll"><table class="compact"><caption>Of all pixels of the training images, divided by 255.</caption>
<thead><tr><th scope="col">channel</th><th scope="col" class="number">mean</th><th scope="col" class="number">deviation</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

async function duplicatesOf(
  { duplicates, near }: DataFacts,
  { train, test, shape, classes }: LoadedDataset,
): Promise<Html> {
  const { withinTrain, withinTest, testInTrain } = duplicates;
  const of = (sets: [ImageSet, ImageSet], found: Duplicates) => examplesOf(sets, found, shape[2], classes);
  return html`<h2>Images that are there twice</h2>
<p>Images whose pixels are those of another; the first of each kind are shown.</p>
<h3>Test images that are training images too: ${describe(testInTrain)}</h3>${await of([train, test], testInTrain)}
<h3>Within the training images: ${describe(withinTrain)}</h3>${await of([train, train], withinTrain)}
<h3>Within the test images: ${describe(withinTest)}</h3>${await of([test, test], withinTest)}
<h2>Images that look nearly alike</h2>
<p>Test images beside the training image that they are nearest to, where the 9 × 8 greys of the two are nearly the same: the same picture compressed, enlarged or brightened again, or two that only look alike at that size. It is for you to say which.</p>
<h3>Test images near a training image: ${describe(near)}</h3>${await of([train, test], near)}`;
}

const describe = ({ count, otherClass }: Duplicates): string =>
  otherClass > 0 ? `${count}, of which ${otherClass} with another class` : String(count);

async function examplesOf(
  [first, again]: readonly [ImageSet, ImageSet],
  { examples }: Duplicates,
  channels: number,
  classes: readonly string[],
): Promise<Html | null> {
  if (examples.length === 0) return null;
  const nameOf = ({ labels }: ImageSet, index: number): string => `${index}, ${classes[labels[index] as number]}`;
  const rows: Html[] = [];
  for (const [a, b] of examples) {
    const pictures = [await thumbnail(first.image(a), channels), await thumbnail(again.image(b), channels)];
    const [one, other] = pictures.map(picture => html`<td><img src="${picture}" alt=""></td>`);
    rows.push(html`<tr>${one}<td>${nameOf(first, a)}</td>${other}<td>${nameOf(again, b)}</td></tr>\n`);
  }
  return html`<div class="scroll"><table class="compact"><thead><tr><th scope="col">image</th><th scope="col">number and class</th><th scope="col">and</th><th scope="col">number and class</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

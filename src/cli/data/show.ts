import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { describeError, EXIT, UserError } from '../../core/errors.ts';
import { fetchDataset, findDataset } from '../../data/index.ts';
import { printJson } from '../output/json.ts';
import { tell } from '../output/tell.ts';
import { type DataFacts, type Duplicates, factsOf, imageCount, sizeText } from './facts.ts';
import { contactSheet } from './sheet.ts';

export interface ShowOptions {
  out?: string;
  perClass: number;
  shorterSide?: number;
  json?: boolean;
}

export async function showData(name: string, { out, perClass, shorterSide = 0, json }: ShowOptions): Promise<number> {
  await fetchDataset(name, tell);
  const definition = await findDataset(name);
  const dataset = await definition.load({ shorterSide: shorterSide || null, report: tell });
  const facts = factsOf(definition, dataset);
  const page = out ?? (json ? undefined : defaultPage(name));
  if (page !== undefined) writePage(resolve(page), await contactSheet(facts, dataset, perClass));
  if (json) printJson({ ...facts, page: page === undefined ? null : resolve(page) });
  else process.stdout.write(`${describe(facts)}page: ${resolve(page as string)}\n`);
  return EXIT.ok;
}

/** "folder:some/where/flowers" is "flowers". */
function defaultPage(name: string): string {
  const readable = basename(name.replace(/^[^:]*:/, '')).replace(/[^\w.-]+/g, '-');
  return `reports/data-${readable}.html`;
}

function writePage(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (cause) {
    throw new UserError(`${path}: cannot be written (${describeError(cause)}). Choose another place with --out.`, {
      cause,
    });
  }
}

function describe(facts: DataFacts): string {
  const { title, source, classes, mean, std, duplicates, near, fingerprint } = facts;
  const lines = [
    `${title} (${source})`,
    `${imageCount(classes, 'train')} training and ${imageCount(classes, 'test')} test images, ${classes.length} classes, ${sizeText(facts)}`,
    `images of a class: ${range(classes.map(one => one.train))} to train, ${range(classes.map(one => one.test))} to test`,
    `mean ${mean.map(digits).join(', ')} · deviation ${std.map(digits).join(', ')}`,
    `there twice: ${twice(duplicates.withinTrain)} of the training images, ${twice(duplicates.withinTest)} of the test images`,
    `test images that are training images too: ${twice(duplicates.testInTrain)}`,
    `test images that look nearly like a training image: ${twice(near)}`,
    `fingerprint ${fingerprint}`,
  ];
  return lines.map(line => `${line}\n`).join('');
}

const digits = (value: number): string => value.toFixed(4);

function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(least) : `${least} … ${most}`;
}

const twice = ({ count, otherClass }: Duplicates): string =>
  otherClass === 0 ? String(count) : `${count} (${otherClass} with another class)`;

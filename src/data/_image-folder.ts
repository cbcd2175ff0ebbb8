/** A dataset of image files in a folder of the user: what all layouts share once their files are listed. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type DatasetDefinition,
  type DatasetKind,
  type DatasetVerification,
  defineDataset,
  defineDatasetKind,
} from '../core/dataset.ts';
import { refusal, UserError } from '../core/errors.ts';
import { DECODERS, decodeImage } from './_decode.ts';
import { type FolderSettings, readFolderSettings } from './_folder-settings.ts';
import { inOrder } from './_in-order.ts';
import { isFolder, type ListedFolder, type Listing } from './_listing.ts';
import { ChangedWhileRead, type PackEntry, packImages } from './_pack.ts';
import { nowAndThen, type Report } from './_progress.ts';
import { type ScannedFile, scanFolder } from './_scan.ts';
import { SizeRange } from './_size-range.ts';
import { heldOut } from './_splits.ts';

export interface ImageFolderOptions {
  name: string;
  title: string;
  source: string;
  layout: string;
  list(root: string, settings: FolderSettings): Listing;
}

/** All that is known of a folder without decoding. */
interface Survey {
  root: string;
  listing: Listing;
  settings: FolderSettings;
  fingerprint: string;
  counts: { train: number; test: number };
  sizes: SizeRange;
}

export function defineImageFolder({ name, title, source, layout, list }: ImageFolderOptions): DatasetKind {
  return defineDatasetKind({
    name,
    title,
    source,
    layout,
    async at(folder, report = () => {}) {
      const root = resolve(folder);
      if (!isFolder(root)) throw new UserError(`${root}: expected a folder with ${layout}, got no folder.`);
      const settings = readFolderSettings(root);
      const survey = await surveyFolder(root, list(root, settings), settings, report);
      return definitionOf({ name, title: settings.title ?? title, source }, survey);
    },
  });
}

function definitionOf(facts: Pick<DatasetDefinition, 'name' | 'title' | 'source'>, survey: Survey): DatasetDefinition {
  const { root, listing, settings, fingerprint, counts, sizes } = survey;
  const { classes } = listing;
  return defineDataset({
    ...facts,
    downloadBytes: 0,
    ...sizes.shape(),
    classes,
    trainCount: counts.train,
    testCount: counts.test,
    fingerprint,
    fetch: async () => {},
    check: async () => ({ name: facts.name, ready: true, detail: root }),
    verify: report => verifyAll(survey, report),
    async load({ shorterSide = null, damaged, report = () => {} } = {}) {
      const policy = damaged ?? settings.damaged;
      const request = { fingerprint, shorterSide, count: counts.train + counts.test, damaged: policy, report };
      const packed = await packImages({ ...request, title: facts.title, entries: () => unchangedEntries(survey) });
      return { name: facts.name, classes, fingerprint, ...packed };
    },
  });
}

async function surveyFolder(root: string, listing: Listing, settings: FolderSettings, report: Report): Promise<Survey> {
  const hash = new SurveyHash(listing, settings);
  const survey = { root, listing, settings, fingerprint: '', counts: { train: 0, test: 0 }, sizes: new SizeRange() };
  const progress = filesRead(report, root);
  for await (const entry of entriesOf(survey)) {
    hash.add(entry);
    survey.sizes.add(entry.file);
    survey.counts[entry.set]++;
    progress(survey.counts.train + survey.counts.test);
  }
  requireImages(survey);
  return { ...survey, fingerprint: hash.digest() };
}

/** Everything that decides what is trained on: classes, and of each file its path, content, class and set. */
class SurveyHash {
  private readonly hash = createHash('sha256');

  constructor({ classes }: Listing, { damaged }: FolderSettings) {
    this.hash.update(JSON.stringify([classes, damaged]));
  }

  add({ path, file, label, set }: PackEntry): void {
    this.hash.update(JSON.stringify([path, file.size, file.sha256, label, set]));
  }

  digest(): string {
    return this.hash.digest('hex');
  }
}

function requireImages({ root, counts }: Survey): void {
  for (const [set, count] of Object.entries(counts))
    if (count === 0) throw refusal(`${root}: expected .jpg, .png or .webp files, got none to ${set} with.`);
}

/** Every image as it is read: training images first, class by class, file names sorted. */
async function* entriesOf(survey: Pick<Survey, 'root' | 'listing' | 'settings'>): AsyncGenerator<PackEntry> {
  for (const folder of survey.listing.folders) {
    const files = await scanFolder(survey.root, folder.path);
    const test = testFiles(folder, files, survey.settings);
    for (const file of files) {
      const label = folder.classOf(file.name);
      if (label === null) continue;
      const path = `${folder.path}/${file.name}`;
      yield { path, source: join(survey.root, path), label, set: test.has(file) ? 'test' : 'train', file };
    }
  }
}

/** Fails at the end if they are not those of the survey. */
async function* unchangedEntries(survey: Survey): AsyncGenerator<PackEntry> {
  const hash = new SurveyHash(survey.listing, survey.settings);
  for await (const entry of entriesOf(survey)) {
    hash.add(entry);
    yield entry;
  }
  if (hash.digest() === survey.fingerprint) return;
  throw new ChangedWhileRead(survey.root);
}

/** Where the folder is of one class, this is the rule of all splits: stratified, by the hash of the path. */
function testFiles(folder: ListedFolder, files: readonly ScannedFile[], settings: FolderSettings): Set<ScannedFile> {
  if (folder.set !== 'both') return new Set(folder.set === 'test' ? files : []);
  const keyOf = (index: number): string => `${folder.path}/${files[index]?.name}`;
  const request = { labels: files.map(() => 0), share: settings.testShare ?? 0, seed: settings.seed, keyOf };
  return new Set([...heldOut(request)].map(index => files[index] as ScannedFile));
}

async function verifyAll(survey: Survey, report: Report): Promise<DatasetVerification> {
  const damaged: string[] = [];
  const converted: Record<string, number> = {};
  const progress = filesRead(report, survey.root);
  let files = 0;
  const decode = async (entry: PackEntry) => ({
    entry,
    picture: await decodeImage(await readFile(entry.source), null),
  });
  for await (const { entry, picture } of inOrder(entriesOf(survey), DECODERS, decode)) {
    progress(++files);
    if ('damage' in picture) damaged.push(`${entry.path}: ${picture.damage}`);
    for (const form of entry.file.forms) converted[form] = (converted[form] ?? 0) + 1;
  }
  return { files, damaged, converted };
}

const filesRead = (report: Report, root: string): ((files: number) => void) =>
  nowAndThen(report, files => `  ${root}: ${files} files read`);

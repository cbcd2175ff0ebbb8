import { resolve } from 'node:path';
import type {
  DatasetCheck,
  DatasetDefinition,
  DatasetKind,
  FetchOptions,
  LoadedDataset,
  LoadOptions,
} from '../core/dataset.ts';
import { UserError } from '../core/errors.ts';
import { loadFolder, loadProjectFolder } from '../core/folder.ts';
import { pick } from '../core/registry.ts';
import type { Report } from './_progress.ts';

export { type Batch, batchIndices, fillBatch, labelsOf, trainingBatches } from './_batches.ts';
export { decodeImage } from './_decode.ts';
export { type NearDuplicates, nearDuplicates } from './_near-duplicates.ts';
export { type GarbagePack, garbagePacks, removePack } from './_pack-garbage.ts';
export { split } from './_splits.ts';
export { checkInput } from './augment/check.ts';
export { type InputFormat, inputFormat } from './augment/format.ts';
export { type Size, sizeAtShorterSide } from './augment/resample.ts';
export { centralArea, fillWindows, type ImageWindow, type Window } from './augment/windows.ts';

const FOLDER = new URL('.', import.meta.url);

/** All datasets of a fixed content, by name. The folder is the registry: each of its files defines one, or a kind. */
export async function allDatasets(): Promise<Map<string, DatasetDefinition>> {
  const entries = [...(await registry())].flatMap(([name, { value }]) =>
    isKind(value) ? [] : [[name, value] as const],
  );
  return new Map(entries);
}

/** Kinds of folders that hold images of the user. */
export async function allDatasetKinds(): Promise<DatasetKind[]> {
  return [...(await registry()).values()].flatMap(({ value }) => (isKind(value) ? [value] : []));
}

/**
 * *name* is a dataset's, or KIND:FOLDER, where a relative folder is one below the working folder. A folder is looked
 * through once in a process. An unknown name is one line.
 */
export async function findDataset(name: string, report: Report = () => {}): Promise<DatasetDefinition> {
  const { value } = await entryOf(name);
  const [kind, folder] = parts(name);
  if (!isKind(value)) {
    if (folder === undefined) return value;
    throw new UserError(`dataset "${name}": ${kind} is no kind of folder. Leave out "${name.slice(kind.length)}".`);
  }
  if (folder !== undefined) return lookedThrough(value, resolve(folder), report);
  throw new UserError(`dataset "${name}": expected ${name}:FOLDER, a folder with ${value.layout}.`);
}

/** The name by which another process finds it, whatever its working folder. */
export function absoluteName(name: string): string {
  const [kind, folder] = parts(name);
  return folder === undefined ? name : `${kind}:${resolve(folder)}`;
}

/** The module that defines a dataset. */
export async function datasetModule(name: string): Promise<URL> {
  return (await entryOf(name)).url;
}

/** Reads the cached files and verifies them. */
export async function loadDataset(name: string, options: LoadOptions = {}): Promise<LoadedDataset> {
  return (await findDataset(name, options.report)).load(options);
}

/** Makes the files present; each line of `report` is news for a person. */
export async function fetchDataset(name: string, report: Report, options: FetchOptions = {}): Promise<void> {
  await (await findDataset(name, report)).fetch(report, options);
}

export async function checkDatasets(): Promise<DatasetCheck[]> {
  return Promise.all([...(await allDatasets()).values()].map(dataset => dataset.check()));
}

const known = new Map<string, Promise<DatasetDefinition>>();

function lookedThrough(kind: DatasetKind, folder: string, report: Report): Promise<DatasetDefinition> {
  const key = `${kind.name}:${folder}`;
  const dataset = known.get(key) ?? kind.at(folder, report);
  known.set(key, dataset);
  return dataset;
}

/** "folder:a:b" is the kind "folder" and the folder "a:b". */
function parts(name: string): [kind: string, folder: string | undefined] {
  const colon = name.indexOf(':');
  return colon < 0 ? [name, undefined] : [name.slice(0, colon), name.slice(colon + 1)];
}

const isKind = (value: DatasetDefinition | DatasetKind): value is DatasetKind => 'at' in value;

interface Entry {
  value: DatasetDefinition | DatasetKind;
  url: URL;
}

async function entryOf(name: string): Promise<Entry> {
  const [kind] = parts(name);
  return pick('dataset', kind, await registry(kind));
}

/** Ours and those of the project's datasets/. A file has its dataset's name: to find `only` one, others need not be loaded. */
async function registry(only?: string): Promise<Map<string, Entry>> {
  const ours = await loadFolder<Entry['value']>(FOLDER, only);
  const files = [...ours, ...(await loadProjectFolder('dataset', isDataset, only))];
  return new Map(files.map(file => [file.value.name, file]));
}

const isDataset = (value: Entry['value']): boolean =>
  typeof value?.name === 'string' && (isKind(value) || typeof value.load === 'function');

import type { DatasetCheck, DatasetDefinition, LoadedDataset } from '../core/dataset.ts';
import { loadFolder } from '../core/folder.ts';
import { pick } from '../core/registry.ts';

export { batchIndices, fillBatch, labelsOf } from './_batches.ts';

/** All datasets by name. The folder is the registry: each of its files defines one. */
export async function allDatasets(): Promise<Map<string, DatasetDefinition>> {
  return new Map([...(await registry())].map(([name, { dataset }]) => [name, dataset]));
}

/** An unknown name is one line. */
export async function findDataset(name: string): Promise<DatasetDefinition> {
  return pick('dataset', name, await registry()).dataset;
}

/** The module that defines a dataset. */
export async function datasetModule(name: string): Promise<URL> {
  return pick('dataset', name, await registry()).url;
}

/** Reads the cached files and verifies them. */
export async function loadDataset(name: string): Promise<LoadedDataset> {
  return (await findDataset(name)).load();
}

/** Makes the files present; each line of `report` is news for a person. */
export async function fetchDataset(name: string, report: (line: string) => void): Promise<void> {
  await (await findDataset(name)).fetch(report);
}

export async function checkDatasets(): Promise<DatasetCheck[]> {
  return Promise.all([...(await allDatasets()).values()].map(dataset => dataset.check()));
}

async function registry(): Promise<Map<string, { dataset: DatasetDefinition; url: URL }>> {
  const files = await loadFolder<DatasetDefinition>(new URL('.', import.meta.url));
  return new Map(files.map(({ url, value }) => [value.name, { dataset: value, url }]));
}

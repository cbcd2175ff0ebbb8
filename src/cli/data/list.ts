import type { DatasetDefinition, DatasetKind } from '../../core/dataset.ts';
import { EXIT, UserError } from '../../core/errors.ts';
import { allDatasetKinds, allDatasets } from '../../data/index.ts';
import { fitColumns, leftOut, type RankedColumn } from '../output/fit-columns.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';

interface ListedDataset {
  name: string;
  title: string;
  trainImages: number;
  testImages: number;
  classes: number;
  shape: readonly number[];
  downloadBytes: number;
  ready: boolean;
  detail: string;
  fingerprint: string;
  source: string;
}

export async function listData(name: string | undefined, { json }: { json?: boolean }): Promise<number> {
  if (name !== undefined)
    throw new UserError(`data list: expected no name, got ${name}. \`bench data show\` shows one.`);
  const datasets = await Promise.all([...(await allDatasets()).values()].map(summarise));
  const folders = (await allDatasetKinds()).map(({ name, title, layout, source }) => ({ name, title, layout, source }));
  if (json) printJson({ datasets, folders });
  else process.stdout.write(`${datasetTable(datasets)}\n${folderTable(folders)}`);
  return EXIT.ok;
}

async function summarise(dataset: DatasetDefinition): Promise<ListedDataset> {
  const { name, title, trainCount, testCount, classes, shape, downloadBytes, fingerprint, source } = dataset;
  const { ready, detail } = await dataset.check();
  const counts = { trainImages: trainCount, testImages: testCount, classes: classes.length };
  return { name, title, ...counts, shape, downloadBytes, ready, detail, fingerprint, source };
}

function datasetTable(datasets: readonly ListedDataset[]): string {
  const { columns, left } = fitColumns(datasets, COLUMNS);
  return formatTable(datasets, columns) + leftOut(left);
}

const COLUMNS: readonly RankedColumn<ListedDataset>[] = [
  { title: 'dataset', rank: 0, text: one => one.name },
  { title: 'training', rank: 1, align: 'right', text: one => one.trainImages.toLocaleString('en') },
  { title: 'test', rank: 1, align: 'right', text: one => one.testImages.toLocaleString('en') },
  { title: 'classes', rank: 2, align: 'right', text: one => String(one.classes) },
  { title: 'shape', rank: 2, text: one => one.shape.join('×') },
  { title: 'download', rank: 3, align: 'right', text: one => `${Math.round(one.downloadBytes / 1e6)} MB` },
  { title: 'ready', rank: 0, text: one => (one.ready ? 'yes' : 'no'), colour: one => (one.ready ? 'green' : 'gray') },
  { title: 'source', rank: 5, text: one => one.source },
];

/** What a user's own images must look like. */
function folderTable(folders: readonly Pick<DatasetKind, 'name' | 'title' | 'layout'>[]): string {
  return formatTable(folders, [
    { title: 'folder of yours', text: one => `${one.name}:FOLDER` },
    { title: 'what it holds', text: one => one.layout },
  ]);
}

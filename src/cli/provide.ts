/** What a run needs beyond npm's packages: SQLite, TensorFlow, data. Quick when nothing is missing. */
import { fetchDataset } from '../data/index.ts';
import { provideSqlite, provideTensorFlow } from '../engine/provision/index.ts';

/** The dataset of the experiment that `npm start` runs. */
const DATASET = 'fashion-mnist';

export async function provideAll(): Promise<void> {
  const report = (line: string): void => void process.stderr.write(`${line}\n`);
  await provideSqlite(report);
  await provideTensorFlow(report);
  await fetchDataset(DATASET, report);
}

/** What a run needs beyond npm's packages: SQLite, TensorFlow, data. Quick when nothing is missing. */
import type { Device } from '../../core/experiment.ts';
import { fetchDataset } from '../../data/index.ts';
import { provideGpuTensorFlow, provideSqlite, provideTensorFlow } from '../../engine/provision/index.ts';
import { tell } from '../output/tell.ts';
import { askTensorFlow } from './ask-tensorflow.ts';

/** The dataset of the experiment that `npm start` runs. */
const DATASET = 'fashion-mnist';

/** `thorough`: a TensorFlow that is there and does not load is provided anew. The GPU's comes only if it is asked for. */
export async function provideAll({ thorough, device }: { thorough: boolean; device: Device }): Promise<void> {
  if (device === 'gpu') await provideGpu();
  await provideSqlite(tell);
  await provideTensorFlow(tell);
  if (thorough) await replaceBrokenTensorFlow();
  await fetchDataset(DATASET, tell);
}

/** For commands that were asked to use it: nothing happens where it is there. */
export const provideGpu = (): Promise<void> => provideGpuTensorFlow(tell);

async function replaceBrokenTensorFlow(): Promise<void> {
  const answer = await askTensorFlow();
  if (!('failure' in answer)) return;
  tell(`TensorFlow is there and does not work, so it is fetched again: ${answer.failure}`);
  await provideTensorFlow(tell, { anew: true });
}

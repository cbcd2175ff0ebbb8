/** A node's own cache: what its cells need is put there before they start. Quick where it is there already. */
import { fetchDataset } from '../../data/index.ts';
import { provideGpuTensorFlow, provideTensorFlow } from '../../engine/provision/index.ts';
import type { Task } from '../executor.ts';
import { readRunSpec } from '../run-folder.ts';

/** Several tasks of a node may do it at once: one of them fetches. Throws one line if it cannot be had. */
export async function fillNodeCache(tasks: readonly Task[], say: (line: string) => void): Promise<void> {
  const cells = tasks.map(({ folder }) => readRunSpec(folder).cell);
  const isWanted = (device: string): boolean => cells.some(({ execution }) => execution.device === device);
  if (isWanted('cpu')) await provideTensorFlow(say);
  if (isWanted('gpu')) await provideGpuTensorFlow(say);
  for (const name of new Set(cells.map(({ config }) => config.dataset))) await fetchDataset(name, say);
}

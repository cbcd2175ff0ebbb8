import { EXIT } from '../../core/errors.ts';
import { fetchDataset, findDataset } from '../../data/index.ts';
import { tell } from '../output/tell.ts';

/** Of a folder nothing is fetched, but its files are looked through, so that a run need not. */
export async function fetchData(name: string, { from }: { from?: string }): Promise<number> {
  await fetchDataset(name, tell, from === undefined ? {} : { from });
  const { detail } = await (await findDataset(name)).check();
  process.stdout.write(`${name}: ready in ${detail}\n`);
  return EXIT.ok;
}

/** How many threads a cell should have, where the user leaves it open. */

/**
 * Speed of one process with two threads against the same with one, from `npm run bench:workers` (docs/performance.md): two
 * one-thread processes beat one with two threads wherever this is below 2, which is everywhere so far. By net; others are
 * taken to gain what the least of these does.
 */
const GAIN_OF_TWO_THREADS: Record<string, number> = {
  'plain-18': 1.31,
  'plain-34': 1.27,
  'resnet-20': 1.72,
  alexnet: 1.87,
};

export interface ThreadRequest {
  nets: readonly string[];
  /** All of the experiment's, finished ones too: what is resumed must get the threads it had. */
  cells: number;
  processors: number;
}

/**
 * One thread a cell while there are cells for all processors. With fewer cells the processors that are left over go to
 * them, if threads make the nets faster at all. A thread count is part of a cell's identity: it decides the last bits.
 */
export function planThreads({ nets, cells, processors }: ThreadRequest): number {
  const share = Math.max(1, Math.floor(processors / Math.max(1, cells)));
  const gain = Math.min(...nets.map(gainOf));
  return share > 1 && gain > 1 ? share : 1;
}

const gainOf = (net: string): number => GAIN_OF_TWO_THREADS[net] ?? Math.min(...Object.values(GAIN_OF_TWO_THREADS));

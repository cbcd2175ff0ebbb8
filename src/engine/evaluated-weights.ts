import { AVERAGE } from './optimisers/index.ts';

const ENDING = `/${AVERAGE}`;

/** Of a checkpoint's values, what evaluation uses: the averages in the place of the weights, if the optimiser keeps them. */
export function evaluatedWeights(values: Record<string, Float32Array>): Record<string, Float32Array> {
  const averages = Object.entries(values).filter(([name]) => name.endsWith(ENDING));
  return {
    ...values,
    ...Object.fromEntries(averages.map(([name, average]) => [name.slice(0, -ENDING.length), average])),
  };
}

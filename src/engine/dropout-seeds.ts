import type { NetDescription } from '../core/net.ts';
import { stream } from '../core/random.ts';
import { dropoutLayers } from './forward.ts';

/** Seeds of a mask are below it: int32. */
const MOST_SEED = 2 ** 31 - 1;

/** Two draws for each dropout layer, of a stream of its name: a layer more changes no other layer's masks. */
export function dropoutSeeds(net: NetDescription, seed: number, step: number): Int32Array {
  const pairs = dropoutLayers(net).flatMap(({ name }) => {
    const draws = stream(seed, `dropout ${name}`, step);
    return [draws.below(MOST_SEED), draws.below(MOST_SEED)];
  });
  return Int32Array.from(pairs);
}

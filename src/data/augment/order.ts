/** In which order an epoch visits the images. */
import type { InputConfig } from '../../core/input.ts';
import { permutation, stream } from '../../core/random.ts';

/** Images of a shard, of the poor order. */
const SHARD = 1024;

type Asked = readonly [seed: number, epoch: number, count: number, shuffle: InputConfig['shuffle']];

let last: { asked: Asked; order: Uint32Array } | undefined;

/** The integers 0 … count-1. The newest order is kept: steps ask for the same one many times. */
export function epochOrder(...asked: Asked): Uint32Array {
  if (!last?.asked.every((value, k) => value === asked[k])) last = { asked, order: drawOrder(...asked) };
  return last.order;
}

function drawOrder(...[seed, epoch, count, shuffle]: Asked): Uint32Array {
  const draws = stream(seed, 'order', epoch);
  return shuffle === 'thorough' ? permutation(count, draws) : shardOrder(count, stream(seed, 'shards'), draws);
}

/**
 * Images are dealt to shards of 1,024 once a run; an epoch draws in which order it visits the shards, and within a shard
 * the order is always the same. So the same images meet in a batch again and again: what "more thorough, within-shard
 * shuffling" did away with (Ioffe & Szegedy 2015, §4.2.1), to an improvement of about 1 % there. The paper gives neither
 * the shards' size nor their order: both are ours.
 */
function shardOrder(count: number, deal: Parameters<typeof permutation>[1], draws: typeof deal): Uint32Array {
  const dealt = permutation(count, deal);
  const order = new Uint32Array(count);
  let position = 0;
  for (const shard of permutation(Math.ceil(count / SHARD), draws)) {
    const images = dealt.subarray(shard * SHARD, (shard + 1) * SHARD);
    order.set(images, position);
    position += images.length;
  }
  return order;
}

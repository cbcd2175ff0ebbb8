import type { Initialiser, NetDescription } from '../core/net.ts';
import { netParameters, type Parameter, sizeOf } from '../core/parameters.ts';
import { type Stream, stream } from '../core/random.ts';

/** First values of a net's variables. A variable's draws depend on seed, name and shape, and on nothing else. */
export function initialValues(net: NetDescription, seed: number): Record<string, Float32Array> {
  return Object.fromEntries(netParameters(net).map(parameter => [parameter.name, draw(parameter, seed)]));
}

type RandomInitialiser = Exclude<Initialiser, { kind: 'constant' | 'values' }>;

function draw({ name, shape, init }: Parameter, seed: number): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  if (init.kind === 'constant') return values.fill(init.value);
  if (init.kind === 'values') return Float32Array.from(init.values.flat());
  const next = sampler(init, shape, stream(seed, `init ${name}`));
  for (let i = 0; i < values.length; i++) values[i] = next();
  return values;
}

/**
 * Fans of a kernel [height, width, in, out] or [in, out]. He et al. 2015b eq. 10 and 14; Glorot & Bengio 2010 eq. 16;
 * LeCun et al. 1998 §C.6 (appendix A): uniform within 2.4 / fan-in.
 */
function sampler(init: RandomInitialiser, shape: readonly number[], draws: Stream): () => number {
  const receptive = sizeOf(shape.slice(0, -2));
  const fanIn = receptive * (shape.at(-2) ?? 1);
  const fanOut = receptive * (shape.at(-1) ?? 1);
  switch (init.kind) {
    case 'normal':
      return () => init.std * draws.normal();
    case 'truncated-normal':
      return () => init.std * withinTwo(draws);
    case 'uniform':
      return () => init.minimum + (init.maximum - init.minimum) * draws.uniform();
    case 'lecun-uniform':
      return () => (2.4 / fanIn) * (2 * draws.uniform() - 1);
    case 'he-fan-in':
      return () => Math.sqrt(2 / fanIn) * draws.normal();
    case 'he-fan-out':
      return () => Math.sqrt(2 / fanOut) * draws.normal();
    case 'glorot-uniform':
      return () => Math.sqrt(6 / (fanIn + fanOut)) * (2 * draws.uniform() - 1);
  }
}

/** A standard normal draw, drawn again until it lies within two deviations, as TensorFlow's truncated normal. */
function withinTwo(draws: Stream): number {
  for (;;) {
    const value = draws.normal();
    if (Math.abs(value) <= 2) return value;
  }
}

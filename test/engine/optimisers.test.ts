/** Three steps of each optimiser against PyTorch and TensorFlow, at rates that change from step to step. */
import { expect, test } from 'vitest';
import type { OptimiserConfig } from '../../src/core/cell-config.ts';
import type { Tensor } from '../../src/engine/backend.ts';
import { mapValues } from '../../src/engine/named-tensors.ts';
import {
  applyGradients,
  averageOf,
  optimiserScalars,
  optimiserSlots,
  slotOf,
} from '../../src/engine/optimisers/index.ts';
import type { TensorsByName } from '../../src/engine/program.ts';
import { type ByPack, errorOf, type OptimiserCase, optimisers, tensorOf } from './python-fixture.ts';
import { SGD } from './small-net.ts';
import { tf } from './tensorflow.ts';

/** Of the largest weight: three steps of a dozen float32 operations, each rounded to 6e-8. The reference is float64. */
const TOLERANCE = 1e-6;
const PACKS = ['kernels', 'offsets'] as const;

test('every kind has a case', () => {
  const kinds = new Set(optimisers.map(({ config }) => config.kind));
  expect([...kinds].sort()).toEqual(['adam', 'adamw', 'rmsprop', 'sgd']);
});

test.each(optimisers)('$name', one => {
  const config = configOf(one);
  let state = firstState(one, config);
  one.rates.forEach((rate, step) => {
    state = { ...state, ...stepOf(config, rate, step, state, gradientsOf(one, step)) };
    for (const pack of PACKS) {
      const [weights, averages] = [one.weights[step], one.averages?.[step]];
      expect(errorOf(state[pack] as Tensor, (weights as ByPack)[pack]), pack).toBeLessThan(TOLERANCE);
      if (averages) expect(errorOf(state[averageOf(pack)] as Tensor, averages[pack]), pack).toBeLessThan(TOLERANCE);
    }
  });
});

test('clipping gradients that are 0 leaves the weights as they are', () => {
  const one = optimisers.find(({ config }) => config.clipNorm === 1) as OptimiserCase;
  const config = { ...configOf(one), weightDecay: 0 };
  const state = firstState(one, config);
  const zeros = mapValues(gradientsOf(one, 0), gradient => tf.zerosLike(gradient));
  const next = stepOf(config, 0.1, 0, state, zeros);
  for (const pack of PACKS) expect(next[pack]?.dataSync()).toEqual(state[pack]?.dataSync());
});

/** All that the case does not say does not matter for a step. */
const configOf = ({ config }: OptimiserCase): OptimiserConfig => ({ ...SGD, ...config }) as OptimiserConfig;

const gradientsOf = ({ gradients }: OptimiserCase, step: number): TensorsByName =>
  mapValues(gradients[step] as ByPack, gradient => tensorOf(tf, gradient));

function firstState({ first }: OptimiserCase, config: OptimiserConfig): TensorsByName {
  const slots = PACKS.flatMap(pack =>
    Object.entries(optimiserSlots(config)).map(([slot, value]): [string, Tensor] => [
      slotOf(pack, slot),
      value === 'weight' ? tensorOf(tf, first[pack]) : tf.fill(first[pack].shape, value),
    ]),
  );
  return { ...mapValues(first, weight => tensorOf(tf, weight)), ...Object.fromEntries(slots) };
}

function stepOf(
  config: OptimiserConfig,
  rate: number,
  step: number,
  state: TensorsByName,
  gradients: TensorsByName,
): TensorsByName {
  const scalars = mapValues({ rate, ...optimiserScalars(step, config) }, value => tf.scalar(value));
  const trained = PACKS.map(pack => ({
    pack,
    weight: state[pack] as Tensor,
    gradient: gradients[pack] as Tensor,
  }));
  return applyGradients(tf, config, trained, state, scalars);
}

/** From the gradients of a loss to the next weights: clipping, decay, the optimiser, and the average of the weights. */
import type { OptimiserConfig } from '../../core/cell-config.ts';
import type { Tensor, TensorFlow } from '../backend.ts';
import type { PackName } from '../packs.ts';
import type { TensorsByName } from '../program.ts';
import { adam, adamw } from './adam.ts';
import type { Optimiser } from './optimiser.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

const OPTIMISERS: { [K in OptimiserConfig['kind']]: Optimiser<K> } = { sgd, rmsprop, adam, adamw };
export const AVERAGE = 'average';

/** Each kind reads its own variant of the configuration; here they are all alike. */
const optimiserOf = ({ kind }: OptimiserConfig): Optimiser => OPTIMISERS[kind] as unknown as Optimiser;

/** The variable that holds a slot of a pack. */
export const slotOf = (pack: PackName, slot: string): string => `${pack}/${slot}`;
export const averageOf = (pack: PackName): string => slotOf(pack, AVERAGE);

/** What an optimiser keeps for each weight: slot → first value; averages start as the weights themselves. */
export function optimiserSlots(config: OptimiserConfig): Record<string, number | 'weight'> {
  return { ...optimiserOf(config).slots, ...(config.averaging !== null && { [AVERAGE]: 'weight' as const }) };
}

/** All scalars of a step but the rate. */
export function optimiserScalars(step: number, config: OptimiserConfig): Record<string, number> {
  const { weightDecay, clipNorm, averaging } = config;
  return {
    weightDecay,
    ...(clipNorm !== null && { clipNorm }),
    ...(averaging !== null && { averaging }),
    ...optimiserOf(config).scalarsAt(step, config as never),
  };
}

/** A trained pack: its values and the gradient of the loss, vectors of one length. */
export interface Trained {
  pack: PackName;
  weight: Tensor;
  gradient: Tensor;
}

/** New values of the trained packs, of their slots and averages. */
export function applyGradients(
  tf: TensorFlow,
  config: OptimiserConfig,
  trained: readonly Trained[],
  variables: TensorsByName,
  scalars: TensorsByName,
): TensorsByName {
  const updates = clip(tf, trained, scalars.clipNorm).map(one => updatePack(tf, config, one, variables, scalars));
  return Object.assign({}, ...updates) as TensorsByName;
}

function updatePack(
  tf: TensorFlow,
  config: OptimiserConfig,
  { pack, weight, gradient }: Trained,
  variables: TensorsByName,
  scalars: TensorsByName,
): TensorsByName {
  const optimiser = optimiserOf(config);
  const decayed = config.weightDecay > 0 && (config.decayed === 'all' || pack === 'kernels');
  const penalised = decayed && optimiser.penalty === 'added';
  const full = penalised ? tf.add(gradient, tf.mul(scalars.weightDecay as Tensor, weight)) : gradient;
  const names = Object.keys(optimiser.slots);
  const slots = Object.fromEntries(names.map(slot => [slot, variables[slotOf(pack, slot)] as Tensor]));
  const next = optimiser.update(tf, { weight, gradient: full, slots, scalars, decayed }, config as never);
  const old = variables[averageOf(pack)];
  return {
    [pack]: next.weight,
    ...Object.fromEntries(names.map(slot => [slotOf(pack, slot), next.slots[slot] as Tensor])),
    ...(old && { [averageOf(pack)]: average(tf, old, next.weight, scalars.averaging as Tensor) }),
  };
}

/** a ← βa + (1 − β)w (Polyak & Juditsky 1992, with exponential weights). */
function average(tf: TensorFlow, old: Tensor, weight: Tensor, decay: Tensor): Tensor {
  return tf.add(tf.mul(decay, old), tf.mul(tf.sub(tf.scalar(1), decay), weight));
}

/** Pascanu et al. 2013, algorithm 1, over all variables together. Nothing without a norm. */
function clip(tf: TensorFlow, trained: readonly Trained[], norm: Tensor | undefined): readonly Trained[] {
  if (!norm) return trained;
  const squares = trained.map(({ gradient }) => tf.sum(tf.square(gradient)));
  const total = tf.sqrt(tf.addN(squares));
  const factor = tf.div(norm, tf.maximum(total, norm));
  return trained.map(one => ({ ...one, gradient: tf.mul(one.gradient, factor) }));
}

import type { OptimiserConfig } from '../../core/cell-config.ts';
import type { Tensor, TensorFlow } from '../backend.ts';
import type { TensorsByName } from '../program.ts';

interface Update {
  weight: Tensor;
  slots: TensorsByName;
}

export interface UpdateInputs {
  weight: Tensor;
  /** Of the loss, clipped, with the gradient of the penalty. */
  gradient: Tensor;
  slots: TensorsByName;
  /** Of the step. */
  scalars: TensorsByName;
  /** Whether weight decay applies to this variable. */
  decayed: boolean;
}

/** One kind of optimiser: what it keeps for each variable, which scalars a step feeds it, and what it does with them. */
export interface Optimiser<K extends OptimiserConfig['kind'] = OptimiserConfig['kind']> {
  /** Slot → its first value. Each has the shape of its variable. */
  slots: Record<string, number>;
  /** Whether λw is added to the gradient (L2) or the optimiser decays weights itself. */
  penalty: 'added' | 'decoupled';
  /** Values of its scalars at step `step` (0 is the first), beside `rate` and `weightDecay`, which all have. */
  scalarsAt(step: number, config: Extract<OptimiserConfig, { kind: K }>): Record<string, number>;
  update(tf: TensorFlow, inputs: UpdateInputs, config: Extract<OptimiserConfig, { kind: K }>): Update;
}

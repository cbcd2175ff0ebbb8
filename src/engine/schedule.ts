import type { OptimiserConfig, Schedule } from '../core/cell-config.ts';

export interface Budget {
  steps: number;
  /** May be a fraction. */
  stepsPerEpoch: number;
}

/** A quotient that is a whole number must not be found a rounding below it. Far less than a step of any budget. */
const ROUNDING = 1e-9;

/** The learning rate of step `step` (0 is the first). */
export function rateAt(step: number, budget: Budget, { rate, warmupSteps, schedule }: OptimiserConfig): number {
  const warmup = step < warmupSteps ? (step + 1) / warmupSteps : 1;
  return rate * warmup * decay(step, budget, schedule);
}

function decay(step: number, { steps, stepsPerEpoch }: Budget, schedule: Schedule): number {
  const progress = step / steps;
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** schedule.at.filter(fraction => progress >= fraction).length;
    case 'cosine':
      return (1 + Math.cos(Math.PI * progress)) / 2;
    case 'linear':
      return 1 - progress;
    case 'epochs':
      return schedule.factor ** Math.floor(step / (stepsPerEpoch * schedule.epochs) + ROUNDING);
  }
}

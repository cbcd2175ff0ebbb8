import type { OptimiserConfig, Schedule } from '../core/experiment.ts';

/** The learning rate of step `step` (0 is the first) of `steps`. */
export function rateAt(step: number, steps: number, { rate, warmupSteps, schedule }: OptimiserConfig): number {
  const warmup = step < warmupSteps ? (step + 1) / warmupSteps : 1;
  return rate * warmup * decay(step / steps, schedule);
}

/** `progress` is the share of the budget that is done, in [0, 1). */
function decay(progress: number, schedule: Schedule): number {
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** schedule.at.filter(fraction => progress >= fraction).length;
    case 'cosine':
      return (1 + Math.cos(Math.PI * progress)) / 2;
  }
}

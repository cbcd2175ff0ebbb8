/** degradation-34 with one net and 100 settings of its optimiser: as many cells as one likes, all alike. */
import { fileURLToPath } from 'node:url';
import { parseSpec } from '../../src/runner/experiment-schema.ts';
import { isTrained, loadExperiment } from '../../src/runner/experiments.ts';
import { type Plan, planExperiment } from '../../src/runner/plan.ts';

const LEVELS = 10;

/** 100 arms × `seeds`. */
export async function largePlan(seeds: number): Promise<Plan> {
  const spec = parseSpec(await largeExperiment(), fileURLToPath(import.meta.url));
  if (!isTrained(spec)) throw new Error('expected an experiment that trains');
  const execution = { threads: 1, device: 'cpu' } as const;
  return planExperiment(spec, { tier: 'quick', settings: [], seeds, execution });
}

/** One factor after the other differs from degradation-34 in numbers only. */
async function largeExperiment(): Promise<unknown> {
  const { base, source, tiers, limits, history } = await loadExperiment('degradation-34');
  const levels = (patch: (level: number) => object): object =>
    Object.fromEntries(Array.from({ length: LEVELS }, (_, level) => [`l${level}`, patch(level)]));
  const factors = {
    rate: levels(level => ({ optimiser: { rate: 0.01 * (level + 1) } })),
    decay: levels(level => ({ optimiser: { weightDecay: 1e-4 * level } })),
  };
  const [title, question] = ['Many cells', 'How long does planning take?'];
  const claim = { id: 'none', kind: 'superiority', statement: 'it differs', metric: 'train.loss', unit: 'nats' };
  const claims = [{ ...claim, contrast: { 'l0-l0': 1, 'l1-l0': -1 }, margin: 0, published: 'nowhere' }];
  return { id: 'scale', title, question, source, base, tiers, factors, claims, limits, history };
}

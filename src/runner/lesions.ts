/** What a trained net is worth without each of its units, one at a time and without further training. */
import { mean } from '../core/sums.ts';
import { evaluatedWeights } from '../engine/evaluated-weights.ts';
import { Predictor } from '../engine/predictor.ts';
import { removableUnits, withoutUnit } from '../nets/index.ts';
import { evaluationBatch } from './evaluate.ts';
import { averageViews, type Eye, Means, type ProcedureFigures } from './procedures/index.ts';
import { viewsOf } from './procedures/views.ts';
import type { Tested } from './test-figures.ts';

const SINGLE_CROP = { kind: 'single-crop' } as const;

/**
 * Figures on the first `count` test images: `lesion.UNIT.top1` without that unit, `lesion.none.*` with all, and of `loss`
 * (nats) and `top1` (share) the mean and the worst over the units; `lesion.cost.*` is the mean less that of the whole net.
 */
export async function lesionFigures(tested: Tested, count: number): Promise<Record<string, number>> {
  const weights = evaluatedWeights(tested.trainer.state().values);
  const test = (unit: string | null): Promise<Figures> => figuresWithout(tested, weights, unit, count);
  const whole = await test(null);
  const units = removableUnits(tested.net);
  const without: Figures[] = [];
  for (const unit of units) without.push(await test(unit));
  const over = (name: keyof Figures): number[] => without.map(figures => figures[name]);
  return {
    ...named('none', whole),
    ...Object.fromEntries(units.map((unit, i) => [`lesion.${unit}.top1`, (without[i] as Figures).top1])),
    ...named('mean', { loss: mean(over('loss')), top1: mean(over('top1')) }),
    ...named('worst', { loss: Math.max(...over('loss')), top1: Math.max(...over('top1')) }),
    ...named('cost', { loss: mean(over('loss')) - whole.loss, top1: mean(over('top1')) - whole.top1 }),
  };
}

type Figures = Pick<ProcedureFigures, 'loss' | 'top1'>;

async function figuresWithout(
  { tf, net, data: { dataset, format }, pause }: Tested,
  weights: Record<string, Float32Array>,
  unit: string | null,
  count: number,
): Promise<Figures> {
  const batch = evaluationBatch(net.input);
  const described = unit === null ? { ...net, auxiliary: [] } : withoutUnit(net, unit);
  const predictor = await Predictor.create(tf, { net: described, batch, weights });
  const eye: Eye = {
    format,
    batch,
    windowsOf: stored => viewsOf(SINGLE_CROP, stored, format),
    predict: images => predictor.predict(images).probabilities,
    dispose: () => predictor.dispose(),
  };
  const means = new Means();
  const { test } = dataset;
  const set = { count, labels: test.labels, image: (index: number) => test.image(index) };
  const onImage = (index: number, probabilities: Float32Array): void =>
    means.add(test.labels[index] as number, probabilities);
  try {
    await averageViews(set, [eye], dataset.classes.length, onImage, pause);
  } finally {
    eye.dispose();
  }
  return means.figures();
}

const named = (which: string, { loss, top1 }: Figures): Record<string, number> => ({
  [`lesion.${which}.loss`]: loss,
  [`lesion.${which}.top1`]: top1,
});

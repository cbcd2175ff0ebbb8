import { describe, expect, test } from 'vitest';
import { type Experiment, GATE_DEFAULTS, type GateThreshold } from '../../src/core/experiment.ts';
import {
  parseThreshold,
  requireFigures,
  type ThresholdFlags,
  thresholdChange,
  thresholdsOf,
} from '../../src/gate/index.ts';
import { baseline, threshold } from './made-up.ts';

const experiment = (gate?: readonly GateThreshold[]): Experiment => ({ id: 'tiny', gate }) as unknown as Experiment;
const flags = (changes: Partial<ThresholdFlags> = {}): ThresholdFlags => ({ metric: [], ...changes });
const SPEED = { metric: 'imagesPerSecond', direction: 'higher', margin: { relative: 0.05 }, ...GATE_DEFAULTS } as const;

describe('a threshold in words', () => {
  test.each<[string, Partial<GateThreshold>]>([
    ['test.top1=0.5pp', { metric: 'test.top1', direction: 'lower', margin: { absolute: 0.005 } }],
    ['higher:test.top1=2%', { metric: 'test.top1', direction: 'higher', margin: { relative: 0.02 } }],
    ['imagesPerSecond=5%', SPEED],
    ['lower:imagesPerSecond=5%', { ...SPEED, direction: 'lower' }],
    ['steps-to:test.top1<=0.2=100', { metric: 'steps-to:test.top1<=0.2', margin: { absolute: 100 } }],
    ['a:b=1', { metric: 'a:b', direction: 'lower' }],
    ['parameters', { metric: 'parameters', direction: 'lower', margin: { absolute: 0 } }],
    ['higher:macs', { metric: 'macs', direction: 'higher', margin: { absolute: 0 } }],
  ])('%j', (text, expected) => {
    expect(parseThreshold(text, flags())).toMatchObject({ ...GATE_DEFAULTS, ...expected });
  });

  test('a word in the middle of a name says no direction, nor that it is a rate', () => {
    expect(parseThreshold('x-higher:y=1', flags())).toMatchObject({ metric: 'x-higher:y', direction: 'lower' });
    expect(parseThreshold('imagesPerSecondLost=1', flags()).direction).toBe('lower');
  });

  test.each(['', 'test.top1', '=1', 'steps-to:c<=2', 'steps-to:c>=2', 'higher:'])('%j is refused', text => {
    expect(() => parseThreshold(text, flags())).toThrow(
      `--metric "${text}": expected <metric>=<margin>, as in test.top1=0.5pp, or parameters or macs.`,
    );
  });

  test('a margin that is none is refused', () => {
    expect(() => parseThreshold('test.top1=wide', flags())).toThrow(/^margin: expected .* got "wide"\.$/);
  });

  test('takes confidence, seeds and looks from the flags', () => {
    const own = { confidence: 0.9, minimumSeeds: 4, looks: [4, 6] };
    for (const text of ['a=1', 'macs']) expect(parseThreshold(text, flags(own))).toMatchObject(own);
  });
});

describe('the thresholds of a gate', () => {
  const frozen = threshold({ metric: 'frozen' });
  const inSpec = threshold({ metric: 'in-spec' });
  const metricsOf = (...of: Parameters<typeof thresholdsOf>) => thresholdsOf(...of).map(({ metric }) => metric);

  test('are the flags’, else the baseline’s, else the spec’s', () => {
    const saved = baseline({ thresholds: [frozen] });
    expect(metricsOf(saved, experiment([inSpec]), flags({ metric: ['asked=1', 'macs'] }))).toEqual(['asked', 'macs']);
    expect(metricsOf(saved, experiment([inSpec]), flags())).toEqual(['frozen']);
    expect(metricsOf(baseline({ thresholds: [] }), experiment([inSpec]), flags())).toEqual(['in-spec']);
  });

  test('keep what the flags do not say', () => {
    const saved = baseline({ thresholds: [frozen, inSpec] });
    expect(thresholdsOf(saved, experiment(), flags())).toEqual([frozen, inSpec]);
    expect(thresholdsOf(saved, experiment(), flags({ confidence: 0.9 }))).toEqual([
      { ...frozen, confidence: 0.9 },
      { ...inSpec, confidence: 0.9 },
    ]);
    const longer = { minimumSeeds: 4, looks: [4, 8] };
    expect(thresholdsOf(saved, experiment(), flags(longer))[0]).toEqual({ ...frozen, ...longer });
  });

  test('are refused in one line that says where they stand', () => {
    const none = baseline({ thresholds: [] });
    expect(() => thresholdsOf(none, experiment(), flags())).toThrow(/^tiny: no threshold\./);
    expect(() => thresholdsOf(none, experiment([frozen]), flags({ confidence: 2 }))).toThrow(
      /^tiny: gate on frozen: confidence/,
    );
    expect(() => thresholdsOf(none, experiment(), flags({ metric: ['a=1'], confidence: 2 }))).toThrow(
      /^flags: gate on a: confidence/,
    );
    expect(() => thresholdsOf(none, experiment(), flags({ metric: ['steps-to:c=1'] }))).toThrow(/expected steps-to:/);
  });
});

describe('a threshold on what the baseline does not hold', () => {
  const saved = baseline();
  const asking = (metric: string) => () => requireFigures(saved, [threshold(), threshold({ metric })]);

  test('is refused with the nearest metric', () => {
    expect(asking('test.top2')).toThrow(/^unknown metric of baseline main "test\.top2"\. Did you mean "test\.top1"\?/);
  });

  test('is refused with what to save, where steps are read off a curve', () => {
    const steps = asking('steps-to:test.top1<=0.2');
    expect(steps).toThrow(/^baseline main holds no steps of steps-to:test\.top1<=0\.2: expected it under "gate"/);
    expect(steps).toThrow(expect.objectContaining({ exitCode: 4 }));
  });

  test('is none of the figures that it holds, nor of counts', () => {
    for (const metric of ['imagesPerSecond', 'parameters', 'macs']) expect(asking(metric)).not.toThrow();
  });
});

describe('a spec whose thresholds are not those of the baseline', () => {
  const saved = baseline({ thresholds: [threshold()] });
  const wider = threshold({ margin: { absolute: 0.5 } });

  test('is told, unless the flags say their own', () => {
    const told = 'the thresholds in the spec are not those that the baseline was saved with: save it anew';
    expect(thresholdChange(saved, experiment([threshold()]), flags())).toBeNull();
    expect(thresholdChange(saved, experiment([wider]), flags())).toBe(told);
    expect(thresholdChange(saved, experiment(), flags())).toBe(told);
    expect(thresholdChange(saved, experiment([wider]), flags({ metric: ['a=1'] }))).toBeNull();
    expect(thresholdChange(baseline({ thresholds: [] }), experiment([wider]), flags())).toBeNull();
  });
});

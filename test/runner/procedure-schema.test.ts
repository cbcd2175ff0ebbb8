import { expect, test } from 'vitest';
import { parseConfig } from '../../src/runner/config-schema.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { mergeConfig, patchFromSettings } from '../../src/runner/merge.ts';

const { base } = await loadExperiment('degradation-34');
const withSetting = (setting: string) =>
  parseConfig(mergeConfig(base, patchFromSettings([setting], base)), 'a test').evaluate.procedures;

test('one single crop unless it is said otherwise', () => {
  expect(base.evaluate.procedures).toEqual([{ kind: 'single-crop' }]);
});

test('names on the command line have the papers’ constants', () => {
  expect(withSetting('evaluate.procedures=ten-crop,144-crop')).toEqual([
    { kind: 'ten-crop' },
    { kind: '144-crop', scales: [256, 288, 320, 352] },
  ]);
  expect(withSetting('evaluate.procedures=[{"kind":"dense","scales":[36]}]')).toEqual([
    { kind: 'dense', scales: [36] },
  ]);
});

test('unknown, twice the same, or no scale: one line that names the field', () => {
  expect(() => withSetting('evaluate.procedures=["tencrop"]')).toThrow(/^a test: field evaluate\.procedures/);
  expect(() => withSetting('evaluate.procedures=["ten-crop","ten-crop"]')).toThrow(/expected each procedure once/);
  expect(() => withSetting('evaluate.procedures=[{"kind":"dense","scales":[]}]')).toThrow(/field evaluate\.procedures/);
});

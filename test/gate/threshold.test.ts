import { describe, expect, test } from 'vitest';
import type { GateMargin, GateThreshold } from '../../src/core/experiment.ts';
import { checkThresholds, isExact, marginText, parseMargin } from '../../src/gate/index.ts';
import { marginOf } from '../../src/gate/threshold.ts';
import { threshold } from './made-up.ts';

test.each<[string, GateMargin, string]>([
  ['0.01', { absolute: 0.01 }, '0.01'],
  [' 5 ', { absolute: 5 }, '5'],
  ['1e-3', { absolute: 0.001 }, '0.001'],
  ['1E-10', { absolute: 1e-10 }, '1e-10'],
  ['1e3', { absolute: 1000 }, '1000'],
  ['0.5PP', { absolute: 0.005 }, '0.005'],
  ['1.5SD', { deviations: 1.5 }, '1.5 deviations of the baseline'],
  ['0.5pp', { absolute: 0.005 }, '0.005'],
  ['0.5 pp', { absolute: 0.005 }, '0.005'],
  ['7%', { relative: 0.07 }, '7 % of the baseline'],
  ['1.5sd', { deviations: 1.5 }, '1.5 deviations of the baseline'],
  ['0', { absolute: 0 }, '0'],
])('margin %j', (text, margin, words) => {
  expect(parseMargin(text)).toEqual(margin);
  expect(marginText(margin)).toBe(words);
});

test.each(['', '-1', 'x', '1.2.3', '5kg', '%', 'a5%', '5%b'])('margin %j is refused', text => {
  expect(() => parseMargin(text)).toThrow(
    `margin: expected a number of at least 0, alone or with pp, % or sd ("0.01", "0.5pp", "2%", "1.5sd"), got "${text}".`,
  );
});

test('a margin in the unit of the metric: as it is, a share of the mean however it is signed, of the deviation', () => {
  expect(marginOf({ absolute: 0.01 }, [1, 3])).toBe(0.01);
  expect(marginOf({ relative: 0.25 }, [1, 3])).toBe(0.5);
  expect(marginOf({ relative: 0.25 }, [-1, -3])).toBe(0.5);
  expect(marginOf({ deviations: 1.5 }, [1, 3, 5])).toBe(3);
});

test('parameters and multiply-adds are exact', () => {
  expect(['parameters', 'macs', 'test.top1'].map(isExact)).toEqual([true, true, false]);
});

describe('thresholds that cannot be decided', () => {
  const problem =
    (...changes: Partial<GateThreshold>[]) =>
    () =>
      checkThresholds(changes.map(threshold), 'x.ts');

  test.each<[string, Partial<GateThreshold>]>([
    ['margin: expected a finite number of at least 0, got -1', { margin: { absolute: -1 } }],
    ['margin: expected a finite number of at least 0, got NaN', { margin: { relative: Number.NaN } }],
    ['margin: expected a finite number of at least 0, got Infinity', { margin: { deviations: Infinity } }],
    ['margin: expected a finite number of at least 0, got undefined', { margin: {} as GateMargin }],
    ['confidence: expected more than 0.5 and less than 1, got 0.5', { confidence: 0.5 }],
    ['confidence: expected more than 0.5 and less than 1, got 1', { confidence: 1 }],
    ['minimumSeeds: expected at least 3, got 2', { minimumSeeds: 2 }],
    ['looks: expected ascending whole numbers of seeds, got none', { looks: [] }],
    ['looks: expected ascending whole numbers of seeds, got 5, 5', { looks: [5, 5] }],
    ['looks: expected ascending whole numbers of seeds, got 10, 5', { looks: [10, 5] }],
    ['looks: expected ascending whole numbers of seeds, got 5.5', { looks: [5.5] }],
    ['looks: expected ascending whole numbers of seeds, got 0', { looks: [0] }],
    ['looks: expected a first look of at least minimumSeeds, 5, got 4', { minimumSeeds: 5, looks: [4, 10] }],
  ])('%s', (why, change) => {
    expect(problem(change)).toThrow(`x.ts: gate on test.top1: ${why}.`);
  });

  test('none at all; looks or confidence of their own', () => {
    expect(problem()).toThrow(
      'x.ts: no threshold. Say "gate: [{ metric, direction, margin }]" in the experiment, or give --metric, --margin.',
    );
    expect(problem({ looks: [3, 5] }, { metric: 'b', looks: [5, 8] })).toThrow(
      'x.ts: gate on b: looks: expected those of test.top1, 3, 5, got 5, 8.',
    );
    expect(problem({}, { metric: 'b', confidence: 0.9 })).toThrow(
      'x.ts: gate on b: confidence: expected that of test.top1, 0.95, got 0.9.',
    );
  });

  test('fine ones', () => {
    const fine: Partial<GateThreshold>[] = [{}, { metric: 'b', margin: { absolute: 0 } }];
    expect(problem(...fine)).not.toThrow();
    expect(problem({ minimumSeeds: 3, looks: [3, 4, 5], confidence: 0.99 })).not.toThrow();
  });
});

import { describe, expect, test } from 'vitest';
import type { GateThreshold } from '../../src/core/experiment.ts';
import { levelOfLook, together } from '../../src/gate/decision.ts';
import { type Baseline, decideGate, type Measured } from '../../src/gate/index.ts';
import { baseline, bySeed, check, MACHINE, measured, threshold } from './made-up.ts';

interface Judged {
  thresholds?: GateThreshold[];
  pinned?: Partial<Baseline>;
  present?: Partial<Measured>;
  look?: number;
}

const judge = ({ thresholds = [threshold()], pinned = {}, present = {}, look = 1 }: Judged = {}) =>
  decideGate({ thresholds, baseline: baseline(pinned), present: measured(present), look });

/** Of arm a; b is as it was. */
const top1 = (...figures: number[]): Partial<Measured> => ({
  figures: { 'test.top1': { a: bySeed(figures), b: bySeed([0.2, 0.21, 0.22]) } },
});

test('every arm is held to every threshold', () => {
  const thresholds = [threshold(), threshold({ metric: 'imagesPerSecond', direction: 'higher' })];
  const { outcome, because, checks, look, looks, confidence } = judge({ thresholds });
  expect({ outcome, because, look, looks, confidence }).toEqual({
    outcome: 'pass',
    because: null,
    look: 1,
    looks: [3],
    confidence: 0.95,
  });
  expect(checks.map(({ metric, arm }) => `${metric} ${arm}`)).toEqual([
    'test.top1 a',
    'test.top1 b',
    'imagesPerSecond a',
    'imagesPerSecond b',
  ]);
});

test('a check has the figures of the seeds of its look, and a level that is split evenly', () => {
  const thresholds = [threshold({ looks: [2, 3] })];
  const first = judge({ thresholds, present: top1(0.11, 0.12, 0.13) }).checks[0];
  expect(first).toMatchObject({ seeds: [1, 2], level: 0.975, baseline: expect.closeTo(0.105, 12) });
  const second = judge({ thresholds, look: 2, present: top1(0.11, 0.12, 0.14) }).checks[0];
  expect(second).toMatchObject({ seeds: [1, 2, 3], present: expect.closeTo(0.37 / 3, 12) });
  expect(second?.worsening).toBeCloseTo(0.04 / 3, 12);
  expect([1, 2, 5].map(looks => levelOfLook(0.95, looks))).toEqual([0.95, 0.975, 0.99].map(l => expect.closeTo(l, 12)));
});

describe('the whole is incomparable', () => {
  test.each<[string, Partial<Measured>, string]>([
    ['another experiment', { experiment: 'other' }, 'the baseline is of experiment tiny, not of other'],
    ['another tier', { tier: 'quick' }, 'the baseline is of tier ci, not of quick'],
    ['another spec', { spec: { a: 'spec a', b: 'new' } }, 'the spec of arm b has changed since the baseline was saved'],
    ['an arm more', { spec: { ...measured().spec, c: 'new' } }, 'the spec of arm c has changed since'],
    ['an arm fewer', { spec: { b: 'spec b' } }, 'the spec of arm a has changed since'],
    ['other images', { data: { a: 'data', b: 'new' } }, 'the dataset of arm b is not the baseline’s'.replace('’', "'")],
  ])('%s', (_what, present, because) => {
    const decision = judge({ present });
    expect(decision).toMatchObject({ outcome: 'incomparable', checks: [], look: 1, looks: [3], confidence: 0.95 });
    expect(decision.because).toContain(because);
  });

  test('not for another code', () => {
    expect(judge({ present: { code: { a: 'new', b: 'new' } } }).outcome).toBe('pass');
  });
});

describe('a check is incomparable, with the reason and no number', () => {
  const none = { baseline: null, present: null, worsening: null, interval: null, margin: null, p: null, seeds: [] };
  const untested = { adjustedP: null, permutationP: null, seedsNeeded: null };
  const thresholds = [threshold({ metric: 'imagesPerSecond', direction: 'higher' })];
  test.each<[string, Judged, string]>([
    ['a missing seed', { present: top1(0.1, 0.11) }, 'present figures: expected seeds 1 to 3, got 1, 2'],
    ['no figure at all', { present: { figures: {} } }, 'present figures: expected seeds 1 to 3, got none'],
    [
      'too few in the baseline',
      { pinned: { figures: { 'test.top1': { a: bySeed([0.1]) } } } },
      'baseline figures: expected seeds 1 to 3, got 1',
    ],
    ['NaN', { present: top1(0.1, Number.NaN, 0.1) }, 'present figures: seed 2 is NaN'],
    ['infinite', { present: top1(0.1, 0.1, Number.POSITIVE_INFINITY) }, 'present figures: seed 3 is Infinity'],
    [
      'another machine',
      { thresholds, present: { machine: { ...MACHINE, cores: 4 } } },
      'another machine: cores was 2, is 4',
    ],
    ['an unknown one', { thresholds, present: { machine: null } }, 'it is not known on which machine it was measured'],
    ['one unknown before', { thresholds, pinned: { machine: null } }, 'it is not known on which machine'],
  ])('%s', (_what, judged, because) => {
    const { outcome, checks } = judge(judged);
    expect(outcome).toBe('incomparable');
    expect(checks[0]).toMatchObject({ outcome: 'incomparable', arm: 'a', level: 0.95, ...none, ...untested });
    expect(checks[0]?.because).toContain(because);
  });

  test('another machine bars what measures it, and nothing else', () => {
    const metrics = ['imagesPerSecond', 'peakMemoryBytes', 'stepMs', 'runSeconds', 'test.top1', 'Bytes.lost'];
    const figures = Object.fromEntries(metrics.map(metric => [metric, { a: bySeed([1, 2, 3]), b: bySeed([1, 2, 3]) }]));
    const { checks } = judge({
      thresholds: metrics.map(metric => threshold({ metric })),
      pinned: { figures },
      present: { figures, machine: { ...MACHINE, cpu: 'y' } },
    });
    expect(checks.filter(({ arm }) => arm === 'a').map(({ outcome }) => outcome)).toEqual([
      ...['incomparable', 'incomparable', 'incomparable', 'incomparable'],
      ...['pass', 'pass'],
    ]);
  });
});

describe('counts of the net', () => {
  const thresholds = [threshold({ metric: 'parameters' }), threshold({ metric: 'macs' })];
  test('must be equal, whatever the machine', () => {
    const costs = { a: { parameters: 10, macs: 100 }, b: { parameters: 20, macs: 199 } };
    const { outcome, checks } = judge({ thresholds, present: { costs, machine: null } });
    expect(outcome).toBe('fail');
    expect(checks.map(({ outcome: each, because }) => [each, because])).toEqual([
      ['pass', null],
      ['pass', null],
      ['pass', null],
      ['fail', 'must be equal'],
    ]);
    expect(checks[3]).toMatchObject({ metric: 'macs', arm: 'b', baseline: 200, present: 199, margin: 0, p: null });
  });

  test('of a net that cannot be counted are incomparable', () => {
    const { checks } = judge({ thresholds, present: { costs: { a: { parameters: 10, macs: 100 } } } });
    expect(checks.map(({ because }) => because)).toEqual([
      null,
      'the net cannot be counted',
      null,
      'the net cannot be counted',
    ]);
    expect(checks[1]).toMatchObject({ outcome: 'incomparable', baseline: 20, present: null });
    expect(judge({ thresholds, pinned: { costs: {} } }).outcome).toBe('incomparable');
  });

  test('are no tests: Holm does not count them', () => {
    const { checks } = judge({ thresholds: [threshold(), ...thresholds] });
    expect(checks.map(({ adjustedP }) => adjustedP !== null)).toEqual([true, true, false, false, false, false]);
  });
});

test('a margin in the unit of the metric, of the baseline’s mean, or of its deviation over all of its seeds', () => {
  const marginOf = (margin: GateThreshold['margin'], looks = [3]): unknown =>
    judge({ thresholds: [threshold({ margin, looks })] }).checks[0]?.margin;
  expect(marginOf({ absolute: 0.02 })).toBe(0.02);
  expect(marginOf({ relative: 0.1 })).toBeCloseTo(0.011, 12);
  expect(marginOf({ deviations: 2 })).toBeCloseTo(0.02, 12);
  expect(marginOf({ deviations: 2 }, [2])).toBeCloseTo(0.02, 12);
  const negative = { figures: { 'test.top1': { a: bySeed([-1, -1, -1]), b: bySeed([-1, -1, -1]) } } };
  const { checks } = judge({
    thresholds: [threshold({ margin: { relative: 0.1 } })],
    pinned: negative,
    present: negative,
  });
  expect(checks[0]?.margin).toBeCloseTo(0.1, 12);
});

test('what is proven to be worse fails whatever else is unknown; all must pass', () => {
  const of = (...outcomes: Parameters<typeof check>[0][]) => together(outcomes.map(one => check(one)));
  const [pass, fail] = [{ outcome: 'pass' }, { outcome: 'fail' }] as const;
  const [open, barred] = [{ outcome: 'inconclusive' }, { outcome: 'incomparable' }] as const;
  expect(of(pass, pass)).toBe('pass');
  expect(of(pass, open)).toBe('inconclusive');
  expect(of(open, barred, pass)).toBe('incomparable');
  expect(of(open, barred, fail, pass)).toBe('fail');
});

import { expect, test } from 'vitest';
import type { PastGate } from '../../src/gate/history.ts';
import { gateSeries } from '../../src/gate/index.ts';

const gate = (commit: string | null, present: number | null, changes: Partial<PastGate> = {}): PastGate => ({
  experiment: 'tiny',
  tier: 'ci',
  decidedAt: '2026-01-02T03:04:05.000Z',
  commit,
  dirty: false,
  checks: [check(present)],
  ...changes,
});

/** Of an interval that is 0.02 wide to either side, at four degrees of freedom: a standard error of 0.0072. */
const check = (present: number | null, arm = 'a'): PastGate['checks'][number] => ({
  metric: 'test.top1',
  arm,
  outcome: present === null ? 'incomparable' : 'pass',
  present,
  worsening: 0,
  interval: present === null ? null : [-0.02, 0.02],
  margin: 0.03,
  level: 0.95,
  seeds: [1, 2, 3, 4, 5],
});

test('a step stands out of the noise that the intervals tell, a wobble does not', () => {
  const values = [0.1, 0.103, 0.098, 0.1, 0.161, 0.159, 0.162];
  const [series] = gateSeries(
    values.map((value, i) => gate(`commit${i}`, value)),
    'test.top1',
  );
  expect(series?.noise).toBeCloseTo(0.02 / 2.776, 4);
  expect(series?.changes).toEqual([{ at: 4, from: expect.closeTo(0.10025, 6), to: expect.closeTo(0.160667, 6) }]);
  expect(series?.points.map(point => point.level === series.changes[0]?.to)).toEqual([
    ...[false, false, false, false],
    ...[true, true, true],
  ]);
});

test('equal bits at many commits do not make chance of a later step', () => {
  const values = [0.1, 0.1, 0.1, 0.1, 0.101, 0.101];
  const [series] = gateSeries(
    values.map((value, i) => gate(`commit${i}`, value)),
    'test.top1',
  );
  expect(series?.changes).toEqual([]);
});

test('a point says what its gate found, and the level that it lies on', () => {
  const found = { ...check(0.2), outcome: 'fail' as const, worsening: 0.1, interval: [0.08, 0.12] as [number, number] };
  const [series] = gateSeries([gate('a', 0.1), gate('b', 0.2, { dirty: true, checks: [found] })], 'test.top1');
  expect(series).toMatchObject({ experiment: 'tiny', tier: 'ci', arm: 'a', metric: 'test.top1' });
  expect(series?.points[1]).toEqual({
    ...{ commit: 'b', dirty: true, decidedAt: '2026-01-02T03:04:05.000Z', outcome: 'fail', value: 0.2, seeds: 5 },
    ...{ worsening: 0.1, interval: [0.08, 0.12], margin: 0.03, level: expect.closeTo(0.15, 12) },
  });
  // 3 σ² ln n, of the neighbours' noise: half a step of 0.1 is more than the intervals say.
  expect(series?.noise).toBeCloseTo(0.1 / (0.6744897501960817 * Math.SQRT2), 12);
  expect(series?.penalty).toBeCloseTo(3 * (series?.noise ?? 0) ** 2 * Math.log(2), 12);
});

test('one gate alone has the noise of its interval, and without one none', () => {
  const [alone] = gateSeries([gate('a', 0.1)], 'test.top1');
  expect(alone?.noise).toBeCloseTo(0.02 / 2.776445, 6);
  expect(alone?.changes).toEqual([]);
  const bare = gate('a', 0.1, { checks: [{ ...check(0.1), interval: null }] });
  expect(gateSeries([bare], 'test.top1')[0]).toMatchObject({ noise: 0, changes: [], points: [{ level: 0.1 }] });
  const flat = gate('a', 0.1, { checks: [{ ...check(0.1), interval: [0.1, 0.1] }] });
  expect(gateSeries([flat, gate('b', 0.1)], 'test.top1')[0]?.noise).toBeCloseTo(0.02 / 2.776445, 6);
});

test('of gates of one commit in a row the last counts; uncommitted states are points of their own', () => {
  const gates = [
    gate('a', 0.1),
    gate('a', 0.11),
    gate('a', 0.12, { dirty: true }),
    gate('a', 0.13, { dirty: true }),
    gate('b', 0.14),
    gate(null, 0.15),
    gate(null, 0.16),
  ];
  expect(gateSeries(gates, 'test.top1')[0]?.points.map(point => point.value)).toEqual([
    ...[0.11, 0.12, 0.13, 0.14, 0.15, 0.16],
  ]);
});

test('a series for each experiment, tier and arm; what was incomparable has no value', () => {
  const gates = [
    gate('a', 0.1, { checks: [check(0.1), check(0.2, 'b')] }),
    gate('a', 0.3, { tier: 'quick' }),
    gate('b', null),
  ];
  expect(gateSeries(gates, 'test.top1').map(({ tier, arm, points }) => [tier, arm, points.length])).toEqual([
    ['ci', 'a', 1],
    ['ci', 'b', 1],
    ['quick', 'a', 1],
  ]);
  expect(gateSeries(gates, 'test.loss')).toEqual([]);
  const alike = [
    gate('a', 0.1, { checks: [check(0.1, 'cia')] }),
    gate('a', 0.1, { experiment: 'tinyci', checks: [check(0.1)] }),
  ];
  expect(gateSeries(alike, 'test.top1').map(({ experiment, arm }) => [experiment, arm])).toEqual([
    ['tiny', 'cia'],
    ['tinyci', 'a'],
  ]);
});

test('counts that must be equal have no noise: each change of them is one', () => {
  const counted = (commit: string, present: number) =>
    gate(commit, present, { checks: [{ ...check(present), metric: 'parameters', interval: null, seeds: [] }] });
  const gates = [counted('a', 1000), counted('b', 1000), counted('c', 1010), counted('d', 1010)];
  expect(gateSeries(gates, 'parameters')[0]?.changes).toEqual([{ at: 2, from: 1000, to: 1010 }]);
});

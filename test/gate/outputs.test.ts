import { expect, test } from 'vitest';
import type { Check } from '../../src/gate/check.ts';
import { type GateReport, gateAnnotations, gateBadge, gateJunit, gateMarkdown } from '../../src/gate/index.ts';

const check = (changes: Partial<Check>): Check => ({
  metric: 'test.top1',
  arm: 'a',
  outcome: 'fail',
  because: null,
  baseline: 0.1,
  present: 0.14,
  worsening: 0.04,
  interval: [0.03, 0.05],
  margin: 0.01,
  level: 0.975,
  p: 0.001,
  adjustedP: 0.001,
  permutationP: 0.0625,
  seeds: [1, 2, 3, 4, 5],
  seedsNeeded: null,
  ...changes,
});

const report = (changes: Partial<GateReport>): GateReport => ({
  outcome: 'fail',
  because: null,
  look: 1,
  looks: [5, 10],
  confidence: 0.95,
  checks: [check({})],
  experiment: 'tiny',
  tier: 'ci',
  baselineName: 'main',
  decidedAt: '2026-01-02T03:04:05.000Z',
  commit: '0123456789abcdef0123456789abcdef01234567',
  dirty: false,
  ...changes,
});

const odd = check({
  metric: 'steps-to:a|b<="1"&\u0007',
  outcome: 'inconclusive',
  because: 'line\nbreak',
  seedsNeeded: 12,
});

test('JUnit: failures and errors are counted, and nothing breaks the XML', () => {
  const xml = gateJunit(report({ checks: [check({}), odd, check({ outcome: 'pass' })] }));
  expect(xml).toContain('<testsuites tests="3" failures="1" errors="1">');
  expect(xml).toContain('name="steps-to:a|b&lt;=&quot;1&quot;&amp;�"');
  expect(xml).not.toContain(String.fromCharCode(7));
  expect(xml).not.toMatch(/&(?!(amp|lt|gt|quot|apos);)/);
  expect(xml).toMatch(/<failure type="fail" message="[^"<]*worse by 0\.040 \(0\.030 to 0\.050\), margin 0\.010"/);
  const whole = gateJunit(report({ outcome: 'incomparable', because: 'the spec has changed', checks: [] }));
  expect(whole).toMatch(/tests="1" failures="0" errors="1"[\s\S]*the spec has changed/);
});

test('Markdown: names stay in their cell', () => {
  const lines = gateMarkdown(report({ checks: [odd] })).split('\n');
  expect(lines).toHaveLength(6);
  expect(lines[4]?.match(/(?<!\\)\|/g)).toHaveLength(10);
  expect(lines[2]).toContain('97.5 % interval');
  expect(lines[4]).toContain('about 12 seeds would decide it');
});

test('annotations: one line a check that does not pass, without breaks', () => {
  const text = gateAnnotations(report({ checks: [check({}), odd, check({ outcome: 'pass' })] }));
  expect(text.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^::error title=gate fail%3A tiny::test\.top1 of a: worse by/),
    expect.stringMatching(/^::warning title=gate inconclusive%3A tiny::.*line%0Abreak/),
  ]);
});

test.each(['pass', 'fail', 'inconclusive', 'incomparable'] as const)('badge: %s', outcome => {
  expect(gateBadge(outcome)).toMatch(new RegExp(`aria-label="gate: ${outcome}"`));
  expect(gateBadge(outcome)).not.toMatch(/href|url\(/);
});

import { expect, test } from 'vitest';
import { checkSentence } from '../../src/gate/check-text.ts';
import { exitCodeOf, gateAnnotations, gateBadge, gateJunit, gateMarkdown, gateSentence } from '../../src/gate/index.ts';
import { check, report } from './made-up.ts';

const odd = check({
  metric: 'steps-to:a|b<="1"&\u0007',
  outcome: 'inconclusive',
  because: 'line\nbreak',
  seedsNeeded: 12,
});

test('JUnit: failures and errors are counted, and nothing breaks the XML', () => {
  const xml = gateJunit(report({ checks: [check(), odd, check({ outcome: 'pass' })] }));
  expect(xml).toContain('<testsuites tests="3" failures="1" errors="1">');
  expect(xml).toContain('name="steps-to:a|b&lt;=&quot;1&quot;&amp;�"');
  expect(xml).not.toContain(String.fromCharCode(7));
  expect(xml).not.toMatch(/&(?!(amp|lt|gt|quot|apos);)/);
  expect(xml).toMatch(/<failure type="fail" message="[^"<]*worse by 0\.040 \(0\.030 to 0\.050\), margin 0\.010"/);
  expect(xml).toContain('<testsuite name="tiny against main" timestamp="2026-01-02T03:04:05.000Z" tests="3" ');
  expect(xml).toContain('<testcase classname="tiny.a" name="test.top1"><system-out>test.top1 of a: worse by');
  expect(xml).toMatch(/<error type="inconclusive" message="[^"<]*line\nbreak; about 12 seeds would decide it"\/>/);
  const whole = gateJunit(report({ outcome: 'incomparable', because: 'the spec has changed', checks: [] }));
  expect(whole).toMatch(/tests="1" failures="0" errors="1"[\s\S]*the spec has changed/);
  expect(whole).toContain('<testcase classname="tiny" name="gate"><error type="incomparable" message="INCOMPARABLE: ');
});

test('Markdown: names stay in their cell', () => {
  const lines = gateMarkdown(report({ checks: [odd] })).split('\n');
  expect(lines).toHaveLength(6);
  expect(lines[4]?.match(/(?<!\\)\|/g)).toHaveLength(10);
  expect(lines[2]).toContain('97.5 % interval');
  expect(lines[4]).toContain('about 12 seeds would decide it');
  expect(lines[0]).toBe('### ❌ FAIL: tiny against main: 1 inconclusive, 5 seeds, look 1 of 2.');
});

test('Markdown: numbers to the digits of the interval, whole ones as they are, none where there are none', () => {
  const row = (changes: Parameters<typeof check>[0]) =>
    gateMarkdown(report({ checks: [check(changes)] })).split('\n')[4];
  expect(row({})).toBe('| ❌ fail | test.top1 | a | 0.100 | 0.140 | 0.040 | 0.030 to 0.050 | 0.010 |  |');
  const none = { baseline: null, present: null, worsening: null, interval: null, margin: null } as const;
  expect(row({ ...none, outcome: 'incomparable', because: 'no runs' })).toBe(
    '| 🚫 incomparable | test.top1 | a |  |  |  |  |  | no runs |',
  );
  const counts = { baseline: 10, present: 12, worsening: null, interval: null, margin: 0, because: 'must be equal' };
  expect(row({ ...counts, metric: 'macs' })).toBe('| ❌ fail | macs | a | 10 | 12 |  |  | 0 | must be equal |');
  const empty = gateMarkdown(report({ outcome: 'incomparable', because: 'another <spec>', checks: [] }));
  expect(empty).toBe('### 🚫 INCOMPARABLE: tiny against main: another \\<spec\\>.\n');
});

test('a check in one line', () => {
  expect(checkSentence(check())).toBe('test.top1 of a: worse by 0.040 (0.030 to 0.050), margin 0.010');
  expect(checkSentence(check({ interval: null }))).toBe('test.top1 of a: worse by 0.040, margin 0.010');
  const counts = { worsening: null, interval: null, margin: 0, baseline: 10, present: 12, because: 'must be equal' };
  expect(checkSentence(check(counts))).toBe('test.top1 of a: 10 → 12; must be equal');
  expect(checkSentence(check({ baseline: null, because: 'no runs' }))).toBe('test.top1 of a: no runs');
  expect(checkSentence(check({ present: null }))).toBe('test.top1 of a: equal');
});

test('numbers have the digits of the interval, without one those of the margin', () => {
  const wide = { interval: [10, 12.5], worsening: 11.27, margin: 3 } as const;
  expect(checkSentence(check(wide))).toBe('test.top1 of a: worse by 11.3 (10 to 12.5), margin 3');
  const bare = { interval: null, worsening: 0.1234, margin: 0.25 };
  expect(checkSentence(check(bare))).toBe('test.top1 of a: worse by 0.12, margin 0.25');
  expect(checkSentence(check({ ...bare, margin: null }))).toBe('test.top1 of a: worse by 0.123, margin ');
});

test('several checks stand one below the other, with nothing between', () => {
  const checks = [check(), check({ arm: 'b', outcome: 'incomparable' })];
  const xml = gateJunit(report({ checks }));
  expect(xml).toContain('<testsuites tests="2" failures="1" errors="1">');
  expect(xml).toContain('</testcase>\n    <testcase classname="tiny.b"');
  const markdown = gateMarkdown(report({ checks: [odd, { ...odd, because: 'a\r\n\nb' }] }));
  expect(markdown).toMatch(/line break; about 12 .*\|\n\| ❔ .* a b; about 12 seeds would decide it \|\n$/);
});

test('the whole in one line: counts of what there is, worst first', () => {
  const checks = (['pass', 'incomparable', 'fail', 'inconclusive', 'pass'] as const).map(outcome => check({ outcome }));
  expect(gateSentence(report({ checks, look: 2 }))).toBe(
    'FAIL: tiny against main: 1 fail, 1 incomparable, 1 inconclusive, 2 pass, 10 seeds, look 2 of 2.',
  );
  const speed = { base: 'abc', seed: 1, rounds: 8, moved: 0, benchmarksOf: 'head' } as const;
  expect(gateSentence(report({ speed }))).toContain('1 fail, 5 rounds, look 1 of 2.');
});

test('exit codes', () => {
  const codes = (['pass', 'fail', 'inconclusive', 'incomparable'] as const).map(outcome => [
    exitCodeOf(outcome, 'fail'),
    exitCodeOf(outcome, 'pass'),
  ]);
  expect(codes).toEqual([
    [0, 0],
    [1, 1],
    [3, 0],
    [4, 4],
  ]);
});

test('annotations: one line a check that does not pass, without breaks', () => {
  const text = gateAnnotations(report({ checks: [check(), odd, check({ outcome: 'pass' })] }));
  expect(text.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^::error title=gate fail%3A tiny::test\.top1 of a: worse by/),
    expect.stringMatching(/^::warning title=gate inconclusive%3A tiny::.*line%0Abreak/),
  ]);
  const whole = gateAnnotations(report({ outcome: 'incomparable', because: '5 % of\r\nthem', checks: [] }));
  expect(whole).toBe('::error title=gate::INCOMPARABLE: tiny against main: 5 %25 of%0D%0Athem.\n');
  expect(gateAnnotations(report({ experiment: 'a,b', checks: [check({ outcome: 'incomparable' })] }))).toMatch(
    /^::error title=gate incomparable%3A a%2Cb::/,
  );
});

test.each(['pass', 'fail', 'inconclusive', 'incomparable'] as const)('badge: %s', outcome => {
  expect(gateBadge(outcome)).toMatch(new RegExp(`aria-label="gate: ${outcome}"`));
  expect(gateBadge(outcome)).not.toMatch(/href|url\(/);
});

test('badge: each word in the middle of its field, and narrower', () => {
  for (const outcome of ['pass', 'inconclusive'] as const) {
    const svg = gateBadge(outcome);
    const whole = Number(/ width="(\d+)" height="20" role/.exec(svg)?.[1]);
    const fields = [...svg.matchAll(/<rect(?: x="(\d+)")? width="(\d+)" height="20" fill="(#\w+)"/g)];
    const words = [...svg.matchAll(/<text x="([\d.]+)" y="14" textLength="(\d+)" text-anchor="middle">(\w+)</g)];
    expect(words.map(([, , , word]) => word)).toEqual(['gate', outcome]);
    expect(fields.map(([, x]) => Number(x ?? 0))).toEqual([0, Number(fields[0]?.[2])]);
    expect(fields.reduce((sum, [, , width]) => sum + Number(width), 0)).toBe(whole);
    for (const [i, [, middle, length, word]] of words.entries()) {
      const [, x = 0, width] = fields[i] as RegExpExecArray;
      expect(Number(middle)).toBe(Number(x) + Number(width) / 2);
      expect(Number(length)).toBe(Number(width) - 12);
      expect(Number(length)).toBe(7 * (word as string).length);
    }
  }
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { formatBaseline } from '../../src/gate/baseline.ts';
import {
  type Baseline,
  baselineNames,
  diffBaselines,
  hasBaseline,
  parseBaseline,
  readBaseline,
  removeBaseline,
  seedCount,
  seedsOf,
  writeBaseline,
} from '../../src/gate/index.ts';
import { newFolder } from '../new-folder.ts';
import { baseline, bySeed, MACHINE, measured, threshold } from './made-up.ts';

const text = formatBaseline(baseline());
/** Of another program that knows how to seal. */
const sealed = (changes: object): string => formatBaseline(baseline(changes as Partial<Baseline>));

describe('its text', () => {
  test('says again what it was written from, with sorted keys and a figure a line', () => {
    expect(parseBaseline(text, 'x.json')).toEqual(baseline());
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(JSON.parse(text)).sort());
    expect(text).toMatch(/\n {8}"2": 0\.11,\n/);
    expect(text.endsWith('}\n')).toBe(true);
    expect(parseBaseline(text, 'x.json').schema).toBe(1);
  });

  test.each([
    ['cut off', text.slice(0, 40), 'expected JSON, got 40 characters that end too early or are not JSON.'],
    ['a list', '[]', 'expected an object.'],
    ['null', 'null', 'expected an object.'],
    ['a number', '7', 'expected an object.'],
    ['without a schema', '{}', 'expected a baseline with a field "schema", got none.'],
    [
      'newer',
      text.replace('"schema": 1', '"schema": 2'),
      'expected schema 1, got the newer 2: this needs a newer bench.',
    ],
    [
      'edited',
      text.replace('0.11', '0.31'),
      'its checksum does not match its content: it was edited by hand. Save it again, or restore it.',
    ],
    [
      'sealed with a figure that is none',
      sealed({ figures: { 'test.top1': { a: { 1: null } } } }),
      'field figures.test.top1.a.1: expected a finite number or {"above": number}.',
    ],
    [
      'sealed with a seed that is none',
      sealed({ figures: { 'test.top1': { a: { ' 8': 0.1 } } } }),
      'field figures.test.top1.a. 8: expected a seed.',
    ],
    ['sealed without thresholds', sealed({ thresholds: null }), 'field thresholds: expected Array, got null.'],
    [
      'sealed with a margin that is none',
      sealed({ thresholds: [{ ...threshold(), margin: {} }] }),
      'field thresholds.0.margin: expected one of absolute, relative or deviations, a number.',
    ],
  ])('%s, it is refused in one line', (_what, damaged, why) => {
    expect(() => parseBaseline(damaged, 'x.json')).toThrow(expect.objectContaining({ exitCode: 4 }));
    expect(() => parseBaseline(damaged, 'x.json')).toThrow(`baseline x.json: ${why}`);
  });
});

describe('the difference of two', () => {
  test('none of equal ones', () => {
    expect(diffBaselines(baseline(), baseline({ name: 'other', savedAt: 'later' }))).toEqual([]);
  });

  test('means of figures, hashes and what else must be equal, by arm', () => {
    const { figures } = measured();
    const after = baseline({
      tier: 'quick',
      machine: { ...MACHINE, cores: 4 },
      spec: { a: 'another spec of a', c: 'spec c' },
      code: { a: 'new', b: 'code' },
      figures: {
        'test.top1': { a: bySeed([0.1, { above: 0.2 }]), b: figures['test.top1']?.b ?? {} },
        'train.loss': { a: bySeed([1 / 3]) },
      },
    });
    const changes = diffBaselines(baseline(), after);
    expect(changes.map(({ what, before, after: now }) => [what, before, now])).toEqual([
      ['tier', '"ci"', '"quick"'],
      ['machine', expect.stringContaining('"cores":2'), expect.stringContaining('"cores":4')],
      ['spec a', 'spec a', 'another spec'],
      ['spec b', 'spec b', 'none'],
      ['spec c', 'none', 'spec c'],
      ['code a', 'code', 'new'],
      ['imagesPerSecond a', '51 (3 seeds)', 'none'],
      ['imagesPerSecond b', '51 (3 seeds)', 'none'],
      ['test.top1 a', '0.11 (3 seeds)', '0.15 (2 seeds)'],
      ['train.loss a', 'none', '0.333333 (1 seeds)'],
    ]);
  });
});

test('files: written, listed, read, removed; an unknown name is answered with the known ones', () => {
  const folder = newFolder();
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(folder);
  onTestFinished(() => void cwd.mockRestore());
  expect(baselineNames()).toEqual([]);
  expect(hasBaseline('main')).toBe(false);
  expect(writeBaseline(baseline({ name: 'next' }))).toBe('baselines/next.json');
  expect(writeBaseline(baseline())).toBe('baselines/main.json');
  writeFileSync(join(folder, 'baselines/notes.txt'), 'no baseline');
  expect(baselineNames()).toEqual(['main', 'next']);
  expect(hasBaseline('main')).toBe(true);
  expect(readBaseline('main')).toEqual(baseline());
  expect(() => readBaseline('mian')).toThrow('unknown baseline "mian". Did you mean "main"? Known: main, next.');
  removeBaseline('main');
  expect(baselineNames()).toEqual(['next']);
  expect(() => removeBaseline('main')).toThrow(/^unknown baseline "main"/);
  expect(() => writeBaseline(baseline({ name: '../out' }))).toThrow(/^baseline "\.\.\/out" is refused/);
  mkdirSync(join(folder, 'baselines'), { recursive: true });
  writeFileSync(join(folder, 'baselines/cut.json'), '{');
  expect(() => readBaseline('cut')).toThrow(/^baseline baselines\/cut\.json: expected JSON, got 1 characters/);
});

test('seeds that every arm has', () => {
  expect(seedCount({ identity: { a: { 1: 'x', 2: 'y', 3: 'z' }, b: { 1: 'x', 2: 'y' } } })).toBe(2);
  expect(seedCount({ identity: {} })).toBe(0);
});

test('seeds in their order, not in that of their texts', () => {
  expect(seedsOf({ 10: 0, 9: 0, 1: 0 })).toEqual([1, 9, 10]);
  expect(seedsOf(undefined)).toEqual([]);
});

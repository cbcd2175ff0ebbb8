/** Files as another program might write them: whatever metrics are called and whatever they hold, it comes through. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberOf, timeOf } from '../../src/exchange/found-number.ts';
import { type ImportFormat, importRuns } from '../../src/exchange/import.ts';
import { newPlace } from '../tracking/journals.ts';
import { contentOf } from './content.ts';
import { recorded } from './made-up.ts';

interface Table {
  metrics: string[];
  /** A value for each metric, null where there is none. */
  rows: { step: number; values: (number | null)[] }[];
}

const ODD_NAMES = ['__proto__', 'constructor', 'a,"b"', 'NaN', '1', 'a;b', "l'été"];
const RESERVED = /^(?:_?step|iteration|epoch|_?time|timestamp|_timestamp|wall[_ ]time|run|metric|value)$/i;

const name = fc.oneof(fc.constantFrom(...ODD_NAMES), fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }));
const names = fc
  .uniqueArray(
    name.map(text => text.trim()).filter(text => text !== '' && !RESERVED.test(text) && !text.startsWith('_')),
    { minLength: 1, maxLength: 4 },
  )
  .map(all => ['first', ...all.filter(one => one !== 'first')]);
const value = fc.oneof({ weight: 5, arbitrary: fc.double().map(number => number + 0) }, fc.constant(null));

const table: fc.Arbitrary<Table> = names.chain(metrics =>
  fc.record({
    metrics: fc.constant(metrics),
    rows: fc.uniqueArray(
      fc.record({
        step: fc.maxSafeNat(),
        values: fc.array(value, { minLength: metrics.length, maxLength: metrics.length }),
      }),
      { minLength: 1, maxLength: 6, selector: ({ step }) => step },
    ),
  }),
);

/** The same table in each format. */
const WRITERS: Partial<Record<ImportFormat, (table: Table) => string>> = {
  csv: ({ metrics, rows }) => {
    const cells = [['step', ...metrics], ...rows.map(({ step, values }) => [step, ...values.map(one => one ?? '')])];
    return cells.map(row => row.map(cell => `"${String(cell).replaceAll('"', '""')}"`).join()).join('\n');
  },
  jsonl: table => pointsOf(table).map(jsonOf).join('\n'),
  wandb: ({ metrics, rows }) =>
    rows
      .map(({ step, values }) =>
        jsonOf(Object.fromEntries([['_step', step], ...metrics.map((one, i) => [one, values[i]])])),
      )
      .join('\n'),
};

const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'number' && !Number.isFinite(inner) ? String(inner) : inner));

const pointsOf = ({ metrics, rows }: Table) =>
  rows.flatMap(({ step, values }) =>
    values.flatMap((one, i) => (one === null ? [] : [{ metric: metrics[i] as string, step, value: one }])),
  );

const sorted = (points: readonly { metric: string; step: number; value: number }[]) =>
  points
    .map(({ metric, step, value }) => [metric, step, value] as const)
    .toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
const key = ([metric, step]: readonly [string, number, number]): string => JSON.stringify([metric, step]);

test.each(Object.keys(WRITERS) as (keyof typeof WRITERS)[])(
  '%s: every point of any table, and no other',
  async format => {
    await fc.assert(
      fc.asyncProperty(table, async given => {
        fc.pre(pointsOf(given).length > 0);
        const place = newPlace();
        const path = join(place.dir, format === 'csv' ? 'run.csv' : 'run.jsonl');
        writeFileSync(path, WRITERS[format]?.(given) ?? '');
        const { points } = await importRuns(path, { format, python: 'python3', dir: place.dir });
        const runs = contentOf(recorded(place));
        expect(runs).toHaveLength(1);
        expect(sorted(runs[0]?.points ?? [])).toEqual(sorted(pointsOf(given)));
        expect(points).toBe(pointsOf(given).length);
      }),
      { numRuns: 15 },
    );
  },
);

describe('a text', () => {
  test('that JavaScript writes for a number is that number', () => {
    fc.assert(
      fc.property(fc.double(), number => {
        for (const text of [String(number), ` ${number}\t`, number.toExponential(17)])
          expect(numberOf(text)).toBe(Number(text));
      }),
    );
  });

  test('is a number or nothing, whatever it is', () => {
    const words = Object.getOwnPropertyNames(Object.prototype);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...words, '-inf', '0x1', '1_000', '')), text => {
        expect(['number', 'undefined']).toContain(typeof numberOf(text));
        expect(['number', 'undefined']).toContain(typeof timeOf(text));
      }),
    );
  });

  test.each([
    ['+Inf', Number.POSITIVE_INFINITY],
    ['-infinity', Number.NEGATIVE_INFINITY],
    ['-NaN', Number.NaN],
    ['.5', 0.5],
    ['5.', 5],
    ['1e', undefined],
    ['0x10', undefined],
    ['1 2', undefined],
  ])('%j is %d', (text, number) => {
    expect(numberOf(text)).toBe(number);
  });

  test('that is a time is seconds, milliseconds or a date', () => {
    expect([timeOf('1700000000.5'), timeOf('1700000000500')]).toEqual([1_700_000_000_500, 1_700_000_000_500]);
    expect(timeOf('2023-11-14T22:13:20.500Z')).toBe(1_700_000_000_500);
    expect([timeOf('inf'), timeOf('soon')]).toEqual([undefined, undefined]);
  });
});

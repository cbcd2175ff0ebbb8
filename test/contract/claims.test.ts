/** What programs read of `bench claims --json`. */
import { expect, test } from 'vitest';
import { claimRows } from '../../src/cli/claims/claims.ts';

const VERDICT = expect.stringMatching(/^(confirmed|refuted|inconclusive|not run)$/);
const KIND = expect.stringMatching(/^(superiority|interaction|equivalence|conjunction|counted)$/);
const numberOrNull = expect.toSatisfy(value => value === null || Number.isFinite(value), 'a number or null');
const pairOrNull = expect.toSatisfy(
  value => value === null || (Array.isArray(value) && value.length === 2 && value.every(Number.isFinite)),
  'two numbers or null',
);

const rows = await claimRows();

test.each(rows)('$id', row => {
  expect(JSON.parse(JSON.stringify(row))).toMatchObject({
    kind: KIND,
    verdict: VERDICT,
    effect: numberOrNull,
    interval: pairOrNull,
    margin: numberOrNull,
    published: expect.any(String),
    seeds: expect.any(Number),
    effects: row.effects.map(() => ({
      name: expect.any(String),
      kind: KIND,
      verdict: VERDICT,
      unit: expect.any(String),
      value: numberOrNull,
      interval: pairOrNull,
      margin: numberOrNull,
      published: expect.any(String),
    })),
  });
  expect(row.effects.length).toBeGreaterThan(0);
  if (row.verdict === 'not run') expect([row.record, row.spec, row.seeds]).toEqual([null, null, 0]);
  else expect(row.record).toBe(`reports/records/${row.id}.json`);
  if (row.seeds > 0) expect(row.spec).toMatch(/^[0-9a-f]{64}$/);
});

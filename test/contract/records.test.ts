/** What is published was asked as the file asks it now. */
import { describe, expect, test } from 'vitest';
import { readRecord } from '../../src/report/records/record-file.ts';
import { allSpecs, isTrained } from '../../src/runner/experiments.ts';

const specs = (await allSpecs()).map(spec => ({ id: spec.id, spec, record: readRecord(spec.id) }));
const recorded = specs.flatMap(({ record, ...rest }) => (record === null ? [] : [{ ...rest, record }]));

describe.each(recorded)('the record of $id', ({ id, spec, record }) => {
  test('has the claims of the spec, with their margins', () => {
    expect(record.experiment).toBe(id);
    const claims = isTrained(spec) ? spec.claims : [];
    const measured = record.claims.filter(({ kind }) => kind !== 'conjunction');
    const asked = measured.map(({ id, kind, metric, contrast, margin }) => ({ id, kind, metric, contrast, margin }));
    expect(asked).toEqual(
      claims.map(({ id, kind, metric, contrast, margin }) => ({ id, kind, metric, contrast, margin })),
    );
    expect(record.counts.map(count => count.id)).toEqual((spec.counts ?? []).map(count => count.id));
  });

  test('names the spec’s hash, the command and the commit, and as many seeds as are needed', () => {
    const { measured } = record;
    expect(measured === undefined).toBe(!isTrained(spec));
    if (measured === undefined) return;
    expect(measured.spec).toMatch(/^[0-9a-f]{64}$/);
    expect(measured.command).toBe(`npx bench run ${id} --tier ${measured.tier}`);
    expect(measured.code.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(measured.seeds.length).toBeGreaterThanOrEqual(5);
    expect(measured.executions.length).toBeGreaterThanOrEqual(measured.seeds.length);
  });
});

test('what is counted needs no run, and is recorded', () => {
  expect(recorded.map(({ id }) => id)).toContain('counted');
});

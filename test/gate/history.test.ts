import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { gateJson, pastGates, recordDecision } from '../../src/gate/index.ts';
import { decisionErrors } from '../cli/ci-files.ts';
import { newFolder } from '../new-folder.ts';
import { check, report } from './made-up.ts';

function inNewPlace(): string {
  const folder = newFolder();
  vi.stubEnv('BENCH_DIR', join(folder, 'new'));
  onTestFinished(() => void vi.unstubAllEnvs());
  return join(folder, 'new/gates.jsonl');
}

test('what was decided is read again, in its order; lines that are no decision are numbered', () => {
  const file = inNewPlace();
  expect(pastGates()).toEqual({ gates: [], unread: [] });
  recordDecision(report());
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  appendFileSync(file, '{"schema": 1\n\n[]\n');
  recordDecision(report({ experiment: 'second', checks: [check({ interval: null, present: null })] }));
  const { gates, unread } = pastGates();
  expect(unread).toEqual([2, 4]);
  expect(gates.map(gate => gate.experiment)).toEqual(['tiny', 'second']);
  expect(gates[0]).toMatchObject({
    commit: report().commit,
    dirty: false,
    checks: [{ outcome: 'fail', present: 0.14 }],
  });
});

test('older lines do not say of which commit they are', () => {
  const file = inNewPlace();
  recordDecision(report());
  const { commit: _, dirty: __, ...older } = JSON.parse(readFileSync(file, 'utf8'));
  appendFileSync(file, JSON.stringify(older));
  expect(pastGates().gates[1]).toMatchObject({ commit: null, dirty: false });
});

test('as other programs read it: the fields of docs/gate.md, those of speed only where there are some', () => {
  const fields = Object.keys(gateJson(report()));
  expect(fields).toEqual([
    ...['schema', 'outcome', 'because', 'experiment', 'tier', 'baseline', 'decidedAt', 'commit', 'dirty', 'look'],
    ...['looks', 'confidence', 'checks'],
  ]);
  expect(gateJson(report())).toMatchObject({ schema: 1, baseline: 'main', checks: [check()] });
  const speed = { base: 'abc', seed: 1, rounds: 8, moved: 0, benchmarksOf: 'head' } as const;
  expect(gateJson(report({ speed }))).toMatchObject({ speed });
  expect(decisionErrors(gateJson(report({ speed })))).toEqual([]);
});

test('the schema finds what is missing, unknown or contradicts itself', () => {
  const of = (changes: Parameters<typeof check>[0]) => decisionErrors(gateJson(report({ checks: [check(changes)] })));
  expect(of({})).toEqual([]);
  expect(of({ outcome: 'incomparable', because: 'no runs' })).toContain('/checks/0/worsening must be null');
  expect(of({ p: 2 })).toEqual(['/checks/0/p must be <= 1']);
  expect(decisionErrors({ ...gateJson(report()), odd: 1 })).toEqual([' must NOT have additional properties']);
  expect(decisionErrors({ ...gateJson(report()), look: undefined })).not.toEqual([]);
});

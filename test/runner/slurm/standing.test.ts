import { expect, test } from 'vitest';
import type { Claim } from '../../../src/runner/slurm/claims.ts';
import { type Evidence, standingOf } from '../../../src/runner/slurm/standing.ts';

const CLAIM: Claim = { attempt: 1, claimant: null, end: null };
const stopped = { ...CLAIM, end: { exitCode: 130, signal: null, settled: false, stopped: true } };
const failed = { ...CLAIM, end: { exitCode: 4, signal: null, settled: false, stopped: false } };
const settled = { ...CLAIM, end: { exitCode: 0, signal: null, settled: true, stopped: false } };

function standing(state: string | null, evidence: Partial<Evidence> = {}) {
  const phase = state === 'PENDING' ? 'queued' : state === 'RUNNING' ? 'running' : 'over';
  const task = state === null ? undefined : ({ id: '1_0', phase, state, reason: 'Priority' } as const);
  const chances = { attempts: 50, failures: 0 };
  const all = { all: 1, failed: evidence.claim === failed ? 1 : 0 };
  return standingOf({ task, claim: null, holder: 'gone', counts: all, chances, cancelled: false, ...evidence });
}
const ended = (exitCode: number | null, reason?: string) => ({
  kind: 'state',
  state: { phase: 'ended', exitCode, signal: null, ...(reason && { reason }) },
});

test('while it waits, it waits for what Slurm says', () => {
  expect(standing('PENDING')).toEqual({ kind: 'state', state: { phase: 'queued', reason: 'Priority' } });
  expect(standing('RUNNING')).toMatchObject({ state: { phase: 'queued', reason: expect.stringContaining('others') } });
  expect(standing('RUNNING', { claim: CLAIM })).toEqual({ kind: 'state', state: { phase: 'running' } });
});

test('what the folder says of an end holds, whatever Slurm says', () => {
  for (const state of [null, 'RUNNING', 'COMPLETED', 'CANCELLED', 'NODE_FAIL'])
    expect(standing(state, { claim: settled })).toEqual(ended(0));
});

test.each(['FAILED', 'TIMEOUT', 'NODE_FAIL', 'OUT_OF_MEMORY', null])('%s: submitted again', state => {
  expect(standing(state)).toMatchObject({ kind: 'lost' });
  expect(standing(state, { claim: stopped })).toMatchObject({ kind: 'lost' });
});

test('cancelled by somebody: not submitted again', () => {
  expect(standing('CANCELLED')).toEqual(ended(null, 'cancelled'));
  expect(standing('CANCELLED', { claim: stopped })).toEqual(ended(null, 'cancelled'));
  expect(standing(null, { cancelled: true })).toEqual(ended(null, 'cancelled'));
});

test('a cell that has failed by itself too often has ended', () => {
  expect(standing('FAILED', { claim: failed })).toEqual(ended(4, 'its task failed'));
  expect(standing('FAILED', { claim: failed, chances: { attempts: 50, failures: 1 } })).toMatchObject({ kind: 'lost' });
});

test('a process that Slurm knows nothing of runs while it lives, and is reported once it is gone', () => {
  const claim = CLAIM;
  for (const holder of ['alive', 'unsure'] as const)
    expect(standing(null, { claim, holder })).toEqual({ kind: 'state', state: { phase: 'running' } });
  expect(standing('OUT_OF_MEMORY', { claim })).toMatchObject({ kind: 'silent', state: 'crashed', stopped: false });
  expect(standing('TIMEOUT', { claim })).toMatchObject({ kind: 'silent', state: 'killed', stopped: true });
});

import { appendFileSync, closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { processStart } from '../../../src/core/process.ts';
import { claim, countAttempts, endAttempt, isSuperseded, lastClaim } from '../../../src/runner/slurm/claims.ts';
import { Holder, LEASE_MS } from '../../../src/runner/slurm/holder.ts';
import { newFolder } from '../../new-folder.ts';

const ME = { task: 'bench-x-1/0', pid: process.pid, processStart: processStart(process.pid) ?? '', host: hostname() };
const ELSEWHERE = { ...ME, pid: 1, processStart: '', host: 'another' };
const END = { exitCode: 4, signal: null, settled: false, stopped: false };

let folder: string;
beforeEach(() => {
  folder = newFolder();
});

test('of two that want the same attempt, one gets it', () => {
  expect([claim(folder, 1, ME), claim(folder, 1, ELSEWHERE)]).toEqual([true, false]);
  expect(lastClaim(folder)).toEqual({ attempt: 1, claimant: ME, end: null });
});

test('an end is said once, and counts as it was said first', () => {
  claim(folder, 1, ME);
  expect([endAttempt(folder, 1, END), endAttempt(folder, 1, { ...END, stopped: true })]).toEqual([true, false]);
  expect(countAttempts(folder)).toEqual({ all: 1, failed: 1 });
});

test('who was superseded writes where nobody reads', () => {
  const journal = join(folder, 'journal');
  claim(folder, 1, ELSEWHERE);
  writeFileSync(journal, 'before ');
  const old = openSync(journal, 'a');
  expect(isSuperseded(folder, 1)).toBe(false);
  claim(folder, 2, ME);
  expect(isSuperseded(folder, 1)).toBe(true);
  writeSync(old, 'too late ');
  closeSync(old);
  appendFileSync(journal, 'after');
  expect(readFileSync(journal, 'utf8')).toBe('before after');
});

test('a claimant of this machine lives as long as its process', () => {
  claim(folder, 1, ME);
  const holder = new Holder(folder);
  expect(holder.fate({ attempt: 1, claimant: ME, end: null })).toBe('alive');
  expect(holder.fate({ attempt: 1, claimant: { ...ME, processStart: 'another time' }, end: null })).toBe('gone');
});

test('a claimant elsewhere lives while its journal grows, and is gone after the lease', () => {
  const last = { attempt: 1, claimant: ELSEWHERE, end: null };
  const journal = join(folder, 'journal');
  const holder = new Holder(folder);
  writeFileSync(journal, 'one');
  expect(holder.fate(last, 0)).toBe('unsure');
  appendFileSync(journal, 'two');
  expect(holder.fate(last, 1000)).toBe('alive');
  expect(holder.fate(last, 1000 + LEASE_MS - 1)).toBe('alive');
  expect(holder.fate(last, 1000 + LEASE_MS)).toBe('gone');
});

import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { processStart } from '../../src/core/process.ts';
import { type LastAttempt, livenessOf, SILENCE_MS } from '../../src/tracking/liveness.ts';

const NOW = Date.now();
const HOUR_MS = 3_600_000;
const OURS = processStart(process.pid) ?? '';
const [BOOT, TICKS, SPACE] = OURS.split(' ') as [string, string, string];
const OTHER_BOOT = '11111111-2222-3333-4444-555555555555';
const NO_PID = 2 ** 22 + 1;
const attempt = (changes: Partial<LastAttempt> = {}): LastAttempt => ({
  pid: process.pid,
  processStart: OURS,
  host: hostname(),
  heardAt: NOW - HOUR_MS,
  endState: null,
  reason: null,
  ...changes,
});
const far = (silentMs: number): LastAttempt =>
  attempt({ host: 'far', processStart: `${OTHER_BOOT} 1`, heardAt: NOW - silentMs });

type Case = [name: string, last: LastAttempt | null, state: string, reason: RegExp | null];
const cases: Case[] = [
  ['nothing was started', null, 'pending', null],
  ['its process lives, however long it is silent', attempt(), 'running', null],
  ['it lives, and the clock was set back a year', attempt({ heardAt: NOW + 8760 * HOUR_MS }), 'running', null],
  ['its process is gone', attempt({ pid: NO_PID }), 'crashed', /^process 4194305 is gone without a word$/],
  ['gone a moment ago', attempt({ pid: NO_PID, heardAt: NOW }), 'crashed', /is gone/],
  ['it finished', attempt({ endState: 'finished', pid: 1 }), 'finished', null],
  ['it was stopped', attempt({ endState: 'killed', reason: 'SIGTERM' }), 'killed', /SIGTERM/],
  ['it failed', attempt({ endState: 'failed', reason: 'loss is NaN' }), 'failed', /NaN/],
  ['its starter saw it end', attempt({ endState: 'crashed', reason: 'SIGSEGV' }), 'crashed', /SIGSEGV/],
  ['another host spoke a moment ago', far(SILENCE_MS - 1000), 'running', null],
  ['another host is silent', far(SILENCE_MS + 1000), 'unreachable', /^host far: no word for 2 minutes$/],
  ['another host is silent for days', far(72 * HOUR_MS), 'unreachable', /^host far: no word for 3 days$/],
  ['another host, whose word is of our future', far(-HOUR_MS), 'unreachable', /^host far/],
];

test.each(cases)('%s', (_name, last, state, reason) => {
  const found = livenessOf(last, () => false, NOW);
  expect(found.state).toBe(state);
  if (reason === null) expect(found.reason).toBeNull();
  else expect(found.reason).toMatch(reason);
});

test('it is gone, but its last words are not recorded yet', () => {
  expect(livenessOf(attempt({ pid: NO_PID }), () => true, NOW)).toEqual({ state: 'running', reason: null });
});

describe.skipIf(process.platform !== 'linux')('by boot, start and container', () => {
  const onLinux: Case[] = [
    ['a pid that was used again', attempt({ processStart: `${BOOT} 1 ${SPACE}` }), 'crashed', /gone/],
    ['a writer that does not tell its container', attempt({ processStart: `${BOOT} ${TICKS}` }), 'running', null],
    ['the host was renamed', attempt({ host: 'old-name' }), 'running', null],
    ['the host was renamed, then it ended', attempt({ host: 'old-name', pid: NO_PID }), 'crashed', /gone/],
    [
      'the machine was restarted',
      attempt({ processStart: `${OTHER_BOOT} ${TICKS} ${SPACE}`, heardAt: 0 }),
      'crashed',
      /the machine was restarted since$/,
    ],
    [
      'a machine of the same name, heard after our start',
      attempt({ processStart: `${OTHER_BOOT} ${TICKS} ${SPACE}`, heardAt: NOW }),
      'running',
      null,
    ],
    [
      'another container of this host, which just spoke',
      attempt({ processStart: `${BOOT} ${TICKS} pid:[1]`, pid: NO_PID, heardAt: NOW }),
      'running',
      null,
    ],
    [
      'another container of this host, silent',
      attempt({ processStart: `${BOOT} ${TICKS} pid:[1]`, pid: NO_PID }),
      'unreachable',
      /^host/,
    ],
  ];
  test.each(onLinux)('%s', (_name, last, state, reason) => {
    const found = livenessOf(last, () => false, NOW);
    expect(found.state).toBe(state);
    if (reason === null) expect(found.reason).toBeNull();
    else expect(found.reason).toMatch(reason);
  });
});

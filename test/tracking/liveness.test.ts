import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { processStart } from '../../src/core/process.ts';
import { type LastAttempt, livenessOf } from '../../src/tracking/liveness.ts';

const NOW = 10_000_000;
const attempt = (changes: Partial<LastAttempt> = {}): LastAttempt => ({
  pid: process.pid,
  processStart: processStart(process.pid) ?? '',
  host: hostname(),
  lastEventAt: 0,
  endState: null,
  reason: null,
  ...changes,
});

test.each([
  ['nothing was started', null, 'pending', null],
  ['its process lives, however long it is silent', attempt(), 'running', null],
  ['its pid was given to another process', attempt({ processStart: 'boot 1' }), 'crashed', /is gone without a word/],
  ['its process is gone', attempt({ pid: 2 ** 22 + 1 }), 'crashed', /process 4194305 is gone/],
  ['it finished', attempt({ endState: 'finished', pid: 1 }), 'finished', null],
  ['it was stopped', attempt({ endState: 'killed', reason: 'SIGTERM' }), 'killed', /SIGTERM/],
  ['it failed', attempt({ endState: 'failed', reason: 'loss is NaN' }), 'failed', /NaN/],
  ['another host spoke a moment ago', attempt({ host: 'far', lastEventAt: NOW - 59_000 }), 'running', null],
  ['another host is silent', attempt({ host: 'far', lastEventAt: NOW - 61_000 }), 'crashed', /^unreachable host far$/],
])('%s', (_name, last, state, reason) => {
  const found = livenessOf(last, NOW);
  expect(found.state).toBe(state);
  if (reason === null) expect(found.reason).toBeNull();
  else expect(found.reason).toMatch(reason);
});

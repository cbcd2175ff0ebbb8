import { afterEach, expect, test } from 'vitest';
import { Stopped, StopRequest } from '../../src/runner/stop-request.ts';

const before = process.listeners('SIGHUP');
afterEach(() => {
  for (const listener of process.listeners('SIGHUP')) if (!before.includes(listener)) process.off('SIGHUP', listener);
});

test('work goes on until somebody asks, and ends with the first who did', () => {
  const stop = new StopRequest();
  expect(() => stop.throwIfAsked()).not.toThrow();
  expect(stop.reason).toBeUndefined();
  process.emit('SIGHUP', 'SIGHUP');
  expect(() => stop.throwIfAsked()).toThrow(Stopped);
  expect(() => stop.throwIfAsked()).toThrow('SIGHUP');
  expect(stop.reason).toBe('SIGHUP');
});

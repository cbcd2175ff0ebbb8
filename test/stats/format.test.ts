import { expect, test } from 'vitest';
import { digitsFor, formatEffect, formatInterval, formatNumber } from '../../src/stats/index.ts';

test('a spread shows two figures', () => {
  expect([250, 25, 2.5, 0.25, 0.025].map(digitsFor)).toEqual([0, 0, 1, 2, 3]);
});

test('units', () => {
  expect(formatEffect(0.0345, 'pp')).toBe('3.5 pp');
  expect(formatEffect(0.15, 'nats')).toBe('0.15 nats');
  expect(formatInterval([-0.012, 0.0345], 'pp')).toBe('−1.2 to 3.5');
});

test('signs and what is no number', () => {
  expect(formatNumber(-0.001, 2)).toBe('0.00');
  expect(formatNumber(-1, 1)).toBe('−1.0');
  expect(formatNumber(Number.NaN, 1)).toBe('unknown');
});

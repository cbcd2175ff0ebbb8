import { expect, test } from 'vitest';
import { digitsFor, formatEffect, formatInterval, formatNumber } from '../../src/stats/index.ts';

test('a spread shows two figures', () => {
  expect([250, 25, 2.5, 0.25, 0.025, -0.25].map(digitsFor)).toEqual([0, 0, 1, 2, 3, 2]);
  expect([1e-12, 1e12].map(digitsFor)).toEqual([6, 0]);
  expect([0, Number.NaN, Number.POSITIVE_INFINITY].map(digitsFor)).toEqual([3, 3, 3]);
});

test('units', () => {
  expect(formatEffect(0.0345, 'pp')).toBe('3.5 pp');
  expect(formatEffect(0.15, 'nats')).toBe('0.15 nats');
  expect(formatEffect(0.0345, '%')).toBe('3.5 %');
  expect(formatEffect(2.5e9, 'G multiply-adds')).toBe('2.5 G multiply-adds');
  expect(formatInterval([-0.012, 0.0345], 'pp')).toBe('−1.2 to 3.5');
  expect(formatEffect(0.15, 'nats', [0.1, 0.1025])).toBe('0.1500 nats');
});

test('signs and what is no number', () => {
  expect(formatNumber(-0.001, 2)).toBe('0.00');
  expect(formatNumber(-1, 1)).toBe('−1.0');
  expect(formatNumber(Number.NaN, 1)).toBe('unknown');
});

import { createHash, randomBytes } from 'node:crypto';
import { isObject } from './is-object.ts';

/** Anything that survives a round trip through JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** JSON with sorted keys and no white space: equal values give equal text, whatever the order of their keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isObject(inner) ? sortKeys(inner) : inner));
}

/** SHA-256 of the canonical JSON of `value`, as 64 hexadecimal digits. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A new run's id: 12 hexadecimal digits, the first six from the clock so that ids of one day sort by age. */
export function newRunId(nowMs = Date.now()): string {
  const clock = Math.floor(nowMs / 60_000) % 0x1_000_000;
  return clock.toString(16).padStart(6, '0') + randomBytes(3).toString('hex');
}

function sortKeys(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

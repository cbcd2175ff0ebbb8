/** The cell of a run that bench did not plan: another program trained it, or it was imported. */
import { UserError } from './errors.ts';
import type { TierName } from './experiment.ts';
import { canonicalJson, hashOf, type Json } from './ids.ts';
import { isObject } from './is-object.ts';
import { redactVariable } from './secrets.ts';

/** Stands where a planned run has its tier. */
export const TRACKED_TIER = 'tracked';

export type RunTier = TierName | typeof TRACKED_TIER;

export interface TrackedSubject {
  run: string;
  experiment: string;
  /** What is varied: runs of one arm differ in their seed only. */
  arm: string;
  /** Factor → level, for grouping. */
  levels?: Record<string, string>;
  seed: number;
  name?: string | undefined;
  tags?: readonly string[];
  config: Record<string, Json>;
  /** Steps that are planned; 0: not known. */
  steps?: number | undefined;
}

/**
 * Runs of one experiment share a spec, so that they are compared arm by arm and seed by seed. Nothing vouches for their code and data:
 * the identity is the run's own, and no other run is taken for it. Throws a `UserError` that names the field.
 */
export function trackedCell(subject: TrackedSubject): { [key: string]: Json } {
  const { run, experiment, arm, seed, name, config } = subject;
  requireName('experiment', experiment);
  requireName('arm', arm);
  if (name !== undefined && typeof name !== 'string') throw wrong('name', 'a text', name);
  if (!Number.isSafeInteger(seed)) throw wrong('seed', 'a whole number', seed);
  if (!isObject(config)) throw wrong('config', 'an object', config);
  const steps = config.steps ?? subject.steps ?? 0;
  if (!Number.isSafeInteger(steps) || (steps as number) < 0)
    throw wrong('steps', 'a whole number of at least 0', steps);
  const spec = { experiment, tier: TRACKED_TIER, specHash: hashOf({ tracked: experiment }) };
  const identified = { codeHash: '', dataHash: '', identity: hashOf({ run }) };
  const shown = { ...(name !== undefined && { name }), tags: textsOf(subject.tags ?? []) };
  return {
    ...spec,
    arm,
    levels: levelsOf(subject.levels ?? {}),
    seed,
    ...shown,
    config: { ...plain(config), steps },
    execution: {},
    ...identified,
  };
}

const MAX_NAME_LENGTH = 200;
const MAX_DEPTH = 50;

function requireName(field: string, value: unknown): void {
  const fits = typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH && !hasControls(value);
  if (!fits) throw wrong(field, `a name of 1 to ${MAX_NAME_LENGTH} characters without control characters`, value);
}

/** A program may give `{ depth: 34 }`. */
function levelsOf(levels: unknown): Record<string, string> {
  if (!isObject(levels) || !Object.values(levels).every(isWord)) throw wrong('levels', 'an object of texts', levels);
  return Object.fromEntries(Object.entries(levels).map(([factor, level]) => [factor, String(level)]));
}

function textsOf(tags: unknown): string[] {
  if (!Array.isArray(tags) || !tags.every(isWord)) throw wrong('tags', 'an array of texts', tags);
  return tags.map(String);
}

const isWord = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

const hasControls = (text: string): boolean => /\p{Cc}/u.test(text);

/** What JSON can hold of it; a function or a cycle is a mistake that is told here rather than lost. */
function plain(config: Record<string, Json>): Record<string, Json> {
  try {
    const held = JSON.parse(JSON.stringify(config, wireValue)) as Record<string, Json>;
    if (isDeeper(held, MAX_DEPTH)) throw new Error(`more than ${MAX_DEPTH} objects within each other`);
    return held;
  } catch (cause) {
    throw new UserError(`config: expected what JSON can hold, got: ${(cause as Error).message.split('\n')[0]}.`, {
      cause,
    });
  }
}

const isDeeper = (value: Json, most: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some(inner => isDeeper(inner, most - 1)));

/** Numbers that JSON lacks as words, and no secrets. */
function wireValue(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? redactVariable(key, value) : value;
}

function wrong(field: string, expected: string, got: unknown): UserError {
  return new UserError(`run: field ${field}: expected ${expected}, got ${show(got)}.`);
}

function show(value: unknown): string {
  try {
    return canonicalJson(value)?.slice(0, 60) ?? String(value);
  } catch {
    return typeof value;
  }
}

/**
 * Graphs that were traced before: five seeds of an arm trace once. A graph is known by a hash of all that decides it. The
 * cache is a convenience: what cannot be read or written in it costs a trace, never a run.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../core/atomic-file.ts';
import { cacheDir } from '../core/places.ts';

/** More than one experiment has; the oldest go first. */
const MOST_GRAPHS = 100;

/** The SavedModel of `key` (hexadecimal), made by `build` unless it is there and whole. */
export function cachedGraph(key: string, build: () => Uint8Array): Uint8Array {
  const path = join(graphFolder(), `${key}.graph`);
  const known = readWhole(path);
  if (known) return known;
  const graph = build();
  try {
    mkdirSync(graphFolder(), { recursive: true });
    writeFileAtomically(path, [digestOf(graph), graph]);
    removeOldest();
  } catch {
    // A full or read-only disk: the next run traces again.
  }
  return graph;
}

const graphFolder = (): string => join(cacheDir(), 'graphs');

const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const DIGEST_BYTES = 32;

function readWhole(path: string): Uint8Array | undefined {
  try {
    const bytes = readFileSync(path);
    const graph = bytes.subarray(DIGEST_BYTES);
    return digestOf(graph).equals(bytes.subarray(0, DIGEST_BYTES)) ? graph : undefined;
  } catch {
    return undefined;
  }
}

function removeOldest(): void {
  const files = readdirSync(graphFolder()).map(name => join(graphFolder(), name));
  const aged = files.map(path => ({ path, madeMs: statSync(path).mtimeMs })).sort((a, b) => b.madeMs - a.madeMs);
  for (const { path } of aged.slice(MOST_GRAPHS)) rmSync(path, { force: true });
}

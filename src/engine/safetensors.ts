/** Files of named tensors, in the safetensors layout. */
import { readFileSync } from 'node:fs';
import { writeFileAtomically } from '../core/atomic-file.ts';
import { describeError, refusal, type UserError } from '../core/errors.ts';
import type { Shape } from '../core/net.ts';
import {
  checkLayout,
  type Entry,
  encodeSafetensors,
  type NamedTensor,
  type SafetensorsParts,
  splitSafetensors,
  tensorValues,
} from './safetensors-format.ts';

export interface SafetensorsFile {
  path: string;
  metadata: Readonly<Record<string, string>>;
  shapes: ReadonlyMap<string, Shape>;
  /** F32, F16 and BF16 as float32; of another type, or of no such name, one line. */
  read(name: string): NamedTensor;
}

/** Truncated, damaged and foreign files are one line each. */
export function readSafetensors(path: string): SafetensorsFile {
  const { metadata, entries, data } = parse(readBytes(path), path);
  const shapes = new Map([...entries].map(([name, { shape }]) => [name, shape]));
  const read = (name: string): NamedTensor => {
    const entry = entries.get(name);
    if (entry === undefined) throw unreadable(path, `it has no tensor ${name}, only ${someOf([...entries.keys()])}`);
    return { shape: entry.shape, values: valuesOf(data, name, entry, path) };
  };
  return { path, metadata, shapes, read };
}

/** In the order given, as F32. A reader sees the old file or the new one. */
export function writeSafetensors(
  path: string,
  tensors: Readonly<Record<string, NamedTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): void {
  try {
    writeFileAtomically(path, encodeSafetensors(tensors, metadata));
  } catch (error) {
    throw refusal(`${path}: cannot be written (${describeError(error)}).`, error);
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw refusal(`${path}: cannot be read (${describeError(error)}).`, error);
  }
}

function parse(bytes: Buffer, path: string): SafetensorsParts {
  try {
    const parts = splitSafetensors(bytes);
    checkLayout(parts);
    return parts;
  } catch (error) {
    throw unreadable(path, describeError(error), error);
  }
}

function valuesOf(data: Buffer, name: string, entry: Entry, path: string): Float32Array {
  try {
    return tensorValues(data, entry);
  } catch (error) {
    throw unreadable(path, `tensor ${name}: ${describeError(error)}`, error);
  }
}

function someOf(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : `${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`;
}

function unreadable(path: string, why: string, cause?: unknown): UserError {
  return refusal(`${path}: expected a whole safetensors file, but ${why}.`, cause);
}

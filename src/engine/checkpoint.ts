/**
 * Checkpoints: all variables of a program and the step they belong to, in one safetensors file, written atomically, with
 * a checksum of the data.
 */
import { readFileSync } from 'node:fs';
import { writeFileAtomically } from '../core/atomic-file.ts';
import { describeError, refusal, type UserError } from '../core/errors.ts';
import { sha256 } from '../core/ids.ts';
import { mapValues } from './named-tensors.ts';
import {
  bytesOf,
  checkLayout,
  encodeSafetensors,
  type SafetensorsParts,
  splitSafetensors,
  tensorValues,
} from './safetensors-format.ts';

export interface Checkpoint {
  /** Steps done. */
  step: number;
  /** Identity of the cell it belongs to. */
  identity: string;
  shapes: Record<string, readonly number[]>;
  values: Record<string, Float32Array>;
}

/** A kill in the middle leaves the checkpoint that was there. */
export function writeCheckpoint(path: string, checkpoint: Checkpoint): void {
  writeFileAtomically(path, encode(checkpoint));
}

/** Throws one line if the file is truncated, altered, or belongs to another cell. */
export function readCheckpoint(path: string, identity: string): Checkpoint {
  const checkpoint = decode(readFileSync(path), path);
  if (checkpoint.identity !== identity) {
    throw damaged(path, `it belongs to the cell ${checkpoint.identity.slice(0, 12)}, not ${identity.slice(0, 12)}`);
  }
  return checkpoint;
}

function encode({ step, identity, shapes, values }: Checkpoint): Buffer[] {
  const checksum = sha256(Buffer.concat(Object.values(values).map(bytesOf)));
  const tensors = mapValues(values, (tensor, name) => ({ shape: shapes[name] as readonly number[], values: tensor }));
  return encodeSafetensors(tensors, { step: String(step), identity, sha256: checksum });
}

function decode(bytes: Buffer, path: string): Checkpoint {
  const parts = split(bytes, path);
  const { metadata, data } = parts;
  if (sha256(data) !== metadata.sha256) throw damaged(path, 'its data do not match its checksum');
  check(path, () => checkLayout(parts));
  const { step, identity } = metadata;
  if (identity === undefined) throw damaged(path, 'its header names no cell');
  if (!/^\d{1,15}$/.test(step ?? '')) throw damaged(path, `its header gives ${step} as the step`);
  const entries = [...parts.entries];
  return {
    step: Number(step),
    identity,
    shapes: Object.fromEntries(entries.map(([name, { shape }]) => [name, shape])),
    values: Object.fromEntries(entries.map(([name, entry]) => [name, tensorValues(data, entry)])),
  };
}

function split(bytes: Buffer, path: string): SafetensorsParts {
  return check(path, () => {
    const parts = splitSafetensors(bytes);
    if (parts.metadata.sha256 === undefined) throw new Error('no checksum in its header');
    return parts;
  });
}

function check<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw damaged(path, `its header cannot be read (${describeError(error)})`);
  }
}

function damaged(path: string, why: string): UserError {
  const remedy = 'Delete it to start the cell from its first step.';
  return refusal(`${path}: expected a checkpoint of this cell, but ${why}. ${remedy}`);
}

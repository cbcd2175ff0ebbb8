import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetDescription, Op } from '../../src/core/net.ts';
import { netParameters, sizeOf } from '../../src/core/parameters.ts';
import { stream } from '../../src/core/random.ts';
import { writeCheckpoint } from '../../src/engine/checkpoint.ts';
import { initialValues } from '../../src/engine/initialise.ts';
import { findNet } from '../../src/nets/index.ts';
import type { PeerNet } from './nets.ts';

export const SEED = 1;

/** Files that hand a net to a peer. */
export interface PeerFiles {
  /** The net, as `DescribedNet`. */
  net: string;
  /** The same with every dropout rate 0: what can be compared number by number. */
  withoutDropout: string;
  /** Its variables' first values by `layer/role`, and one batch: `images` and `labels`. */
  weights: string;
}

export interface DescribedNet {
  name: string;
  input: readonly number[];
  classes: number;
  batch: number;
  /** In topological order; the last one gives the logits. Heads that exist in training only are left out. */
  layers: { name: string; op: Op; inputs: string[]; output: readonly number[] }[];
}

export interface Batch {
  images: Float32Array;
  labels: Int32Array;
}

export async function netOf({ net, options, input, classes }: PeerNet): Promise<NetDescription> {
  return { ...(await findNet(net, options, { shape: input, classes })), auxiliary: [] };
}

/** The description that every peer builds the net from. */
function describe(net: NetDescription, batch: number): DescribedNet {
  const layers = net.layers.map(({ name, op, inputs, output }) => ({
    name,
    op: inWords(op),
    inputs: inputs.map(input => input.name),
    output,
  }));
  return { name: net.name, input: net.input, classes: net.classes, batch, layers };
}

/** SAME where it means the same pixels: TensorFlow's gradients are several times slower with explicit padding. */
function inWords(op: Op): Op {
  if (op.kind !== 'conv' || op.stride !== 1 || op.dilation !== 1) return op;
  const isHalf = op.kernel.every(size => size % 2 === 1 && op.padding === (size - 1) / 2);
  return isHalf ? { ...op, padding: 'same' } : op;
}

/** The same net whose dropout layers do nothing. */
export function withoutDropout<N extends { layers: readonly { op: Op }[] }>(net: N): N {
  for (const { op } of net.layers) if (op.kind === 'dropout') op.rate = 0;
  return net;
}

export async function writePeerFiles(peerNet: PeerNet, folder: string): Promise<PeerFiles> {
  const net = await netOf(peerNet);
  const described = describe(net, peerNet.batch);
  const at = (name: string): string => join(folder, `${peerNet.label}.${name}`);
  const files = { net: at('json'), withoutDropout: at('no-dropout.json'), weights: at('safetensors') };
  writeFileSync(files.net, JSON.stringify(described));
  writeFileSync(files.withoutDropout, JSON.stringify(withoutDropout(structuredClone(described))));
  writeWeights(files.weights, net, checkBatch(peerNet));
  return files;
}

/** The one batch that ours and the peers compare their losses on. */
export function checkBatch({ batch, input, classes }: PeerNet): Batch {
  const draws = stream(SEED, 'peers');
  return {
    images: Float32Array.from({ length: batch * sizeOf(input) }, () => draws.normal()),
    labels: Int32Array.from({ length: batch }, () => draws.below(classes)),
  };
}

function writeWeights(path: string, net: NetDescription, { images, labels }: Batch): void {
  const shapes = Object.fromEntries(netParameters(net).map(({ name, shape }) => [name, shape]));
  const batch = [labels.length];
  writeCheckpoint(path, {
    step: 0,
    identity: net.name,
    shapes: { ...shapes, images: [...batch, ...net.input], labels: batch },
    values: { ...initialValues(net, SEED), images, labels: Float32Array.from(labels) },
  });
}

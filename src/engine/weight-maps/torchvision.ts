/**
 * The names of torchvision's modules (torchvision.models.resnet, vgg, alexnet). Its VGG with batch normalisation keeps
 * biases; its ResNets stride on the 3×3; its AlexNet is the one of "One weird trick", `alexnet-owt` here.
 */
import type { Layer, NetDescription } from '../../core/net.ts';
import { byRules, type Naming } from './naming.ts';

const STACK = { head: 'fc', form: 'paper', activation: 'relu', width: 1 };

export const torchvision: Naming = {
  title: 'torchvision',
  layout: 'torch',
  separator: '.',
  roles: {
    kernel: 'weight',
    bias: 'bias',
    gamma: 'weight',
    beta: 'bias',
    'moving-mean': 'running_mean',
    'moving-variance': 'running_var',
  },
  ignored: /\.num_batches_tracked$/,
  families: {
    resnet: {
      requires: { bottleneckStride: '3x3', order: 'original', norm: 'batch', activation: 'relu', shared: false },
      nameOf: byRules([
        [/^stem\.conv$/, 'conv1'],
        [/^stem\.norm$/, 'bn1'],
        [/^stage(\d+)\.unit(\d+)\.(\d+)\.conv$/, (_, stage, unit, place) => `${blockOf(stage, unit)}.conv${place}`],
        [/^stage(\d+)\.unit(\d+)\.(\d+)\.norm$/, (_, stage, unit, place) => `${blockOf(stage, unit)}.bn${place}`],
        [/^stage(\d+)\.unit(\d+)\.projection\.conv$/, (_, stage, unit) => `${blockOf(stage, unit)}.downsample.0`],
        [/^stage(\d+)\.unit(\d+)\.projection\.norm$/, (_, stage, unit) => `${blockOf(stage, unit)}.downsample.1`],
        [/^head\.dense$/, 'fc'],
      ]),
    },
    vgg: {
      requires: { ...STACK, kernel: '3x3-stack', pooling: 'max' },
      biasBeforeNorm: true,
      // linear, relu, dropout, linear, …
      nameOf: (layer, net) => positionIn(net, layer, hidden => 3 * hidden),
    },
    alexnet: {
      requires: {
        ...STACK,
        ...{ norm: 'none', towers: 'ungrouped', stemPadding: 2, pooling: 'overlapping', remove: 'none' },
      },
      // dropout, linear, relu, …, linear
      nameOf: (layer, net) => positionIn(net, layer, (hidden, last) => Math.min(3 * hidden + 1, 3 * last)),
    },
    inception:
      'its googlenet pools 2×2 before the last two modules where the paper pools 3×3, and the average poolings of its ' +
      'inception_v3 count padded zeros: with the same weights they are other functions',
  },
  metadata: { format: 'pt' },
};

const blockOf = (stage: string | undefined, unit: string | undefined): string => `layer${stage}.${Number(unit) - 1}`;

/** Modules of `features` and of `classifier` are numbered; what has no weights counts too. */
function positionIn(net: NetDescription, layer: Layer, place: (hidden: number, last: number) => number): string {
  const dense = net.layers.filter(({ op }) => op.kind === 'dense');
  if (layer.op.kind === 'dense') return `classifier.${place(dense.indexOf(layer), dense.length - 1)}`;
  return `features.${net.layers.filter(({ op }) => op.kind !== 'input').indexOf(layer)}`;
}

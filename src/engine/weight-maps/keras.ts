/**
 * The paths of variables of Keras' applications (ResNet50, 101, 152; VGG16, 19): `conv2_block1_1_conv/kernel`. Kernels lie
 * as ours do. Its ResNets stride on the first 1×1, as the paper, and keep biases before batch normalisation.
 */
import { byRules, type Naming } from './naming.ts';

export const keras: Naming = {
  title: 'Keras',
  layout: 'ours',
  separator: '/',
  roles: {
    kernel: 'kernel',
    bias: 'bias',
    gamma: 'gamma',
    beta: 'beta',
    'moving-mean': 'moving_mean',
    'moving-variance': 'moving_variance',
  },
  ignored: /^seed_generator|\/seed_generator_state$/,
  families: {
    resnet: {
      requires: { bottleneckStride: '1x1', order: 'original', norm: 'batch', activation: 'relu', shared: false },
      biasBeforeNorm: true,
      epsilon: 1.001e-5,
      nameOf: byRules([
        [/^stem\.conv$/, 'conv1_conv'],
        [/^stem\.norm$/, 'conv1_bn'],
        [/^stage(\d+)\.unit(\d+)\.(\d+)\.conv$/, (_, stage, unit, place) => `${blockOf(stage, unit)}_${place}_conv`],
        [/^stage(\d+)\.unit(\d+)\.(\d+)\.norm$/, (_, stage, unit, place) => `${blockOf(stage, unit)}_${place}_bn`],
        [/^stage(\d+)\.unit(\d+)\.projection\.conv$/, (_, stage, unit) => `${blockOf(stage, unit)}_0_conv`],
        [/^stage(\d+)\.unit(\d+)\.projection\.norm$/, (_, stage, unit) => `${blockOf(stage, unit)}_0_bn`],
        [/^head\.dense$/, 'predictions'],
      ]),
    },
    vgg: {
      requires: { head: 'fc', form: 'paper', norm: 'none', activation: 'relu', kernel: '3x3-stack', pooling: 'max' },
      nameOf: byRules([
        [/^conv(\d+)_(\d+)$/, 'block$1_conv$2'],
        [/^fc8$/, 'predictions'],
        [/^fc(\d+)$/, (_, number) => `fc${Number(number) - 5}`],
      ]),
    },
    inception:
      'it numbers their layers in the order of their making (conv2d_57), in a count that goes on from net to net: a name ' +
      'does not say which layer it is',
  },
  metadata: { format: 'tf' },
};

/** Stage 1 is behind the stem, which Keras counts as the first. */
const blockOf = (stage: string | undefined, unit: string | undefined): string =>
  `conv${Number(stage) + 1}_block${unit}`;

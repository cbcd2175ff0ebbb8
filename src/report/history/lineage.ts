/** The two lines of descent as data: what each net added, and what was taken over from whom. */

export interface LineageNode {
  /** Of the registry, or of nothing there: then `outside`. */
  name: string;
  /** As papers and people call it. */
  title: string;
  year: number;
  /** One sentence. */
  added: string;
  source: string;
  line: LineageLine;
  /** The registry need not have it. */
  outside?: boolean;
}

/** *side*: its idea went on, it did not. */
export type LineageLine = 'before' | 'structure' | 'depth' | 'both' | 'side';

export interface LineageEdge {
  from: string;
  to: string;
  /** What was taken over. */
  taken: string;
}

export const LINEAGE: readonly LineageNode[] = [
  {
    name: 'perceptron',
    title: 'Perceptron',
    year: 1957,
    added: 'Weights that a rule corrects after each error, on features that stay as they are.',
    source: 'Rosenblatt 1957',
    line: 'before',
  },
  {
    name: 'neocognitron',
    title: 'Neocognitron',
    year: 1980,
    added:
      'Local features shared over the image, and layers between them that tolerate shifts; trained layer by layer, without labels.',
    source: 'Fukushima 1980',
    line: 'before',
    outside: true,
  },
  {
    name: 'lenet-5',
    title: 'LeNet-5',
    year: 1998,
    added: 'All layers of such a net learn together, by gradients from the class back to the pixels.',
    source: 'LeCun et al. 1998',
    line: 'before',
  },
  {
    name: 'alexnet',
    title: 'AlexNet',
    year: 2012,
    added: 'ReLU, dropout, augmentation and two GPUs bring it to 1,000 classes of photographs.',
    source: 'Krizhevsky et al. 2012',
    line: 'before',
  },
  {
    name: 'zfnet',
    title: 'ZFNet',
    year: 2013,
    added: 'Smaller first filters at a smaller stride, chosen by looking at what layers respond to.',
    source: 'Zeiler & Fergus 2013',
    line: 'side',
  },
  {
    name: 'nin',
    title: 'Network in Network',
    year: 2013,
    added: '1×1 convolutions after each larger one, and a mean over each map in place of dense layers.',
    source: 'Lin et al. 2013',
    line: 'structure',
  },
  {
    name: 'vgg-e',
    title: 'VGG, up to 19 layers',
    year: 2014,
    added: 'Nothing but 3×3 convolutions, and many of them.',
    source: 'Simonyan & Zisserman 2014',
    line: 'depth',
  },
  {
    name: 'inception-v1',
    title: 'Inception v1 (GoogLeNet)',
    year: 2014,
    added: 'Filters of several sizes side by side, kept cheap by 1×1 convolutions before them.',
    source: 'Szegedy et al. 2014',
    line: 'structure',
  },
  {
    name: 'msra-net',
    title: 'MSRA-Net',
    year: 2015,
    added: 'A trained slope in the ReLU, and first weights with which rectified nets of 30 layers converge.',
    source: 'He et al. 2015b',
    line: 'depth',
    outside: true,
  },
  {
    name: 'highway-100',
    title: 'Highway nets',
    year: 2015,
    added: 'A gate for each unit decides how much of it goes past the layer: nets of 100 layers train.',
    source: 'Srivastava et al. 2015',
    line: 'side',
  },
  {
    name: 'inception-v2',
    title: 'Inception v2 (BN-Inception)',
    year: 2015,
    added: 'Each convolution is normalised over its batch: larger rates, far fewer steps.',
    source: 'Ioffe & Szegedy 2015',
    line: 'structure',
  },
  {
    name: 'inception-v3',
    title: 'Inception v3',
    year: 2015,
    added: '7×7 as 1×7 and 7×1, grids that shrink in two branches, smoothed labels.',
    source: 'Szegedy et al. 2015',
    line: 'structure',
  },
  {
    name: 'resnet-152',
    title: 'ResNet, up to 152 layers',
    year: 2015,
    added: 'Shortcuts that carry the input unchanged, so that layers learn only what to add to it.',
    source: 'He et al. 2015',
    line: 'depth',
  },
  {
    name: 'resnet-152-v2',
    title: 'ResNet v2',
    year: 2016,
    added: 'Normalisation and ReLU move before the convolutions: the way along the shortcuts stays free.',
    source: 'He et al. 2016',
    line: 'depth',
  },
  {
    name: 'inception-v4',
    title: 'Inception v4',
    year: 2016,
    added: 'More modules and of fewer kinds, with no shortcuts: the other side of the comparison.',
    source: 'Szegedy et al. 2016',
    line: 'structure',
  },
  {
    name: 'inception-resnet-v2',
    title: 'Inception-ResNet v2',
    year: 2016,
    added: 'Inception modules whose output, damped, is added to their input: the two lines joined.',
    source: 'Szegedy et al. 2016',
    line: 'both',
  },
];

export const DESCENT: readonly LineageEdge[] = [
  { from: 'perceptron', to: 'neocognitron', taken: 'layers of weighted sums' },
  { from: 'perceptron', to: 'lenet-5', taken: 'learning from errors' },
  { from: 'neocognitron', to: 'lenet-5', taken: 'shared local features' },
  { from: 'lenet-5', to: 'alexnet', taken: 'convolution, pooling, back-propagation' },
  { from: 'alexnet', to: 'zfnet', taken: 'its order of layers' },
  { from: 'alexnet', to: 'nin', taken: 'ReLU, dropout' },
  { from: 'alexnet', to: 'vgg-e', taken: 'ReLU, three dense layers' },
  { from: 'nin', to: 'inception-v1', taken: '1×1, global mean' },
  { from: 'inception-v1', to: 'inception-v2', taken: 'the modules' },
  { from: 'inception-v2', to: 'inception-v3', taken: 'batch norm, 3×3 pairs' },
  { from: 'inception-v3', to: 'inception-v4', taken: 'factorised modules' },
  { from: 'vgg-e', to: 'msra-net', taken: 'stages of 3×3' },
  { from: 'vgg-e', to: 'highway-100', taken: 'depth as the aim' },
  { from: 'msra-net', to: 'resnet-152', taken: 'first weights' },
  { from: 'inception-v2', to: 'resnet-152', taken: 'batch norm' },
  { from: 'highway-100', to: 'resnet-152', taken: 'a way past layers' },
  { from: 'resnet-152', to: 'resnet-152-v2', taken: 'the shortcut' },
  { from: 'resnet-152', to: 'inception-resnet-v2', taken: 'the shortcut' },
  { from: 'inception-v4', to: 'inception-resnet-v2', taken: 'stem, reductions' },
];

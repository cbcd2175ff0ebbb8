import { CIFAR, CIFAR_10_CLASSES, parseCifar } from './_cifar.ts';
import { definePublishedDataset } from './_published-dataset.ts';
import { tarred } from './_unpack.ts';

const TRAIN = [1, 2, 3, 4, 5].map(n => `data_batch_${n}.bin`);
const TEST = ['test_batch.bin'];
const FORMAT = { labelBytes: 1, label: 0, classes: 10 };

export default definePublishedDataset({
  ...CIFAR,
  name: 'cifar-10',
  title: 'CIFAR-10',
  downloadBytes: 170_000_000,
  classes: CIFAR_10_CLASSES,
  publication: {
    folder: 'cifar-10',
    files: [
      {
        name: 'cifar-10-binary.tar.gz',
        url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
        md5: 'c32a1d4ab5d03f1284b67883e8d87530',
        parts: [...TRAIN, ...TEST],
        unpack: tarred([...TRAIN, ...TEST]),
      },
    ],
  },
  parse: read => ({ train: parseCifar(TRAIN.map(read), FORMAT), test: parseCifar(TEST.map(read), FORMAT) }),
});

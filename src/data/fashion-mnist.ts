import { defineIdxDataset } from './_idx-dataset.ts';
import { debianSource } from './_package-sources.ts';
import { webSource } from './_web-source.ts';

export default defineIdxDataset({
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  source: 'Xiao, Rasul & Vollgraf 2017, arXiv:1708.07747',
  downloadBytes: 30_900_000,
  classes: ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
  // Of Debian's files: with name and time put back into their gzip headers they have the MD5s that the makers publish.
  sha256: {
    trainImages: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    trainLabels: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    testImages: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    testLabels: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
  },
  sources: [
    webSource("its makers' repository", 'https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/'),
    debianSource('dataset-fashion-mnist'),
  ],
  mean: 0.286_040_596_988_795_5,
  std: 0.353_024_244_514_922_6,
});

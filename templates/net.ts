/** Convolutions, each with a pooling behind it, and the mean of each map. */
import { defineNet, layers } from 'convbench';

export default defineNet({
  name: 'NAME',
  family: 'NAME',
  year: 2026,
  source: 'whose net it is: authors, year, figure or table',
  paperInput: { shape: [32, 32, 3], classes: 10 },
  options: {
    filters: { default: [16, 32], minimum: 1, about: 'filters of each convolution' },
    kernel: { default: 3, minimum: 1, about: 'side of each kernel, in pixels' },
  },
  build({ filters, kernel }, { shape, classes }) {
    const window = { kernel: Number(kernel), bias: true };
    let x = layers.input(shape);
    for (const [i, count] of (filters as number[]).entries()) {
      x = layers.relu(`relu${i + 1}`, layers.conv(`conv${i + 1}`, x, { filters: count, ...window }));
      x = layers.pool(`pool${i + 1}`, x, { type: 'max', size: 2, stride: 2 });
    }
    return layers.dense('output', layers.globalAveragePool('mean', x), { units: classes });
  },
});

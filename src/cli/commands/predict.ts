import { countFromZero } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import type { PredictOptions } from '../trained/predict.ts';

export default defineCommand({
  name: 'predict',
  group: 'parts',
  summary: 'ask a trained net what it sees in images: the five best classes',
  configure(command) {
    command
      .argument('<run>', 'its id, or the beginning of it')
      .argument('[image...]', 'image files; they are resized and cut as the run’s test images are')
      .option('--dataset-index <n>', 'a test image of the run’s dataset, from 0', countFromZero)
      .option('--json', 'print the predictions as JSON');
  },
  async run([run, ...images], options) {
    const { predictCommand } = await import('../trained/predict.ts');
    return predictCommand(run as string, images, options as PredictOptions);
  },
});

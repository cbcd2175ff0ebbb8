import { defineCommand } from '../command.ts';
import type { ErrorsOptions } from '../trained/errors.ts';

export default defineCommand({
  name: 'errors',
  group: 'experiments',
  summary: 'say what a run gets wrong, compare two image by image, or average several',
  configure(command) {
    command
      .argument('<run...>', 'RUN, the beginning of a run’s id, or RUN:PROCEDURE, for example 3f2a:ten-crop')
      .option('--ensemble', 'average the soft-max outputs of all the runs named, and compare with the best of them')
      .option('--json', 'print the figures as JSON, the whole confusion matrix too')
      .addHelpText('after', EXAMPLES);
  },
  async run(args, options) {
    const { errorsCommand } = await import('../trained/errors.ts');
    return errorsCommand(args, options as ErrorsOptions);
  },
});

const EXAMPLES = `
Nothing is computed by the nets: a finished run has kept what it said of every test image.

Examples:
  bench errors 3f2a
  bench errors 3f2a 9b01
  bench errors 3f2a:single-crop 3f2a:ten-crop
  bench errors --ensemble 3f2a 9b01 77c0`;

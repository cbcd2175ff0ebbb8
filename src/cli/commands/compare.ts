import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'compare',
  group: 'experiments',
  summary: 'write the comparison page of any runs, arms and experiments',
  configure(command) {
    command
      .argument('<selection...>', 'experiments, arms (arm or experiment/arm), beginnings of run ids')
      .option('--out <file>', 'default: reports/comparison.html')
      .addHelpText('after', EXAMPLES);
  },
  async run(names, options) {
    const { compareCommand } = await import('../report/compare.ts');
    return compareCommand(names, options);
  },
});

const EXAMPLES = `
Examples:
  bench compare degradation-34
  bench compare degradation-34/plain-34 highway-depth/plain-32
  bench compare c8a147be55f9 c8a147a03406 --out two-runs.html`;

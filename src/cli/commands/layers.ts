import { Option } from 'commander';
import { TIERS } from '../../core/experiment.ts';
import { defineCommand } from '../command.ts';
import type { LayersOptions } from '../trained/layers.ts';

export default defineCommand({
  name: 'layers',
  group: 'experiments',
  summary: 'say what the layers of trained nets do: gradients, outputs, dead ReLUs',
  configure(command) {
    command
      .argument('<experiment>', 'its name: a file in experiments/')
      .addOption(new Option('--tier <tier>', 'default: that of its newest run').choices(TIERS))
      .option('--each', 'a line a layer, not one an arm')
      .option('--record', 'write the figures to reports/layers/')
      .option('--out <file>', 'draw the gradients: .svg, .pdf, .png, .csv or .json')
      .option('--json', 'print the figures as JSON')
      .addHelpText('after', EXAMPLES);
  },
  async run([experiment], options) {
    const { layersCommand } = await import('../trained/layers.ts');
    return layersCommand(experiment as string, options as LayersOptions);
  },
});

const EXAMPLES = `
Nothing is trained: first weights are drawn again, last ones are the run's checkpoint, and both see the first batch that
the run was trained on, as in training. Figures are means over the finished seeds of an arm.

Examples:
  bench layers degradation-34
  bench layers relu-sigmoid --each
  bench layers relu-sigmoid --out gradients.svg
  bench layers lrn-alexnet --json`;

import { Option } from 'commander';
import { TIERS } from '../../core/experiment.ts';
import type { PlanOptions } from '../claims/plan.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'plan',
  group: 'experiments',
  summary: 'say how many seeds and how much time a question needs, before it is asked',
  configure(command) {
    command
      .option('--effect <effect>', 'the smallest that matters: "0.05", "0.5pp", or "1.5sd" of the noise')
      .option('--noise <noise>', "deviation of a seed's effect: a number, or from:EXPERIMENT, of its runs")
      .option('--claim <id>', 'of that experiment (default: the first)')
      .addOption(new Option('--tier <tier>', 'of that experiment (default: what was run last)').choices(TIERS))
      .addOption(new Option('--confidence <c>', 'level of the test').argParser(Number).default(0.95))
      .option('--json', 'print the plan as JSON');
  },
  async run(_args, options) {
    const { planCommand } = await import('../claims/plan.ts');
    return planCommand(options as unknown as PlanOptions);
  },
});

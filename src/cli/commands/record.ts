import { Option } from 'commander';
import { TIERS, type TierName } from '../../core/experiment.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'record',
  group: 'experiments',
  summary: 'freeze the finished runs and verdicts of an experiment in reports/records/',
  configure(command) {
    command
      .argument('<experiment>', 'its name; all: every experiment that has a verdict at the tier')
      .addOption(new Option('--tier <tier>', 'which runs').choices(TIERS).default('quick'))
      .addHelpText(
        'after',
        '\nA record is what is published: figures of each seed, verdicts, where they came from, and every execution.\nIt is made from the runs that the last verdict was drawn from, whatever the code has become since.',
      );
  },
  async run([name], options) {
    const { recordCommand } = await import('../claims/record.ts');
    return recordCommand(name as string, (options as { tier: TierName }).tier);
  },
});

import { Option } from 'commander';
import { TIERS, type TierName } from '../../core/experiment.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'show',
  group: 'experiments',
  summary: 'show all that is known of a run, or the cells and verdicts of an experiment',
  configure(command) {
    command
      .argument('<run|experiment>', 'the beginning of a run’s id, or the name of an experiment that has runs')
      .addOption(
        new Option('--tier <tier>', 'of an experiment: which tier (default: of its newest run)').choices(TIERS),
      )
      .option('--provenance', 'of a run: where its numbers come from, with the patch against its commit')
      .option('--plot', 'its curves as plots of characters')
      .option('--json', 'print it as JSON');
  },
  async run([name], options) {
    const { showCommand } = await import('../show/one.ts');
    const { plot, ...rest } = options as { plot?: boolean };
    if (plot) return (await import('../show/plot.ts')).plotCommand(name as string);
    const { tier, provenance, json } = rest as { tier?: TierName; provenance?: boolean; json?: boolean };
    return showCommand(name as string, { tier, provenance: provenance ?? false, json: json ?? false });
  },
});

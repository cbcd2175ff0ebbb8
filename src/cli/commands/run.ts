import { Option } from 'commander';
import { TIERS } from '../../core/experiment.ts';
import { collect, count, countOrAuto, deviceOption, duration } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import type { RunOptions } from '../run-experiment.ts';

export default defineCommand({
  name: 'run',
  group: 'experiments',
  summary: 'train every arm × seed of an experiment and state its verdict',
  configure(command) {
    command
      .argument('<experiment>', 'its name: a file in experiments/; a tag, or all, runs several')
      .option('--tier <tier>', `how much to spend: ${TIERS.join(', ')}, as far as the experiment has them`, 'quick')
      .option('--seeds <n>', 'seeds 1 … n instead of those the tier plans', count)
      .option(
        '--set <key=value>',
        'another value of a setting, for example optimiser.rate=0.05; may be repeated',
        collect,
        [],
      )
      .option(
        '--workers <n>',
        'cells that run at once (default: as many as there are processors for; one on a GPU)',
        count,
      )
      .option(
        '--threads <n>',
        'threads of each cell; auto: more than one where cells are fewer than processors',
        countOrAuto,
        1,
      )
      .addOption(deviceOption('where the cells compute; gpu fetches what it needs (3.4 GB) the first time'))
      .option('--budget <time>', 'start no cell that would not end in time: 2h, 30m', duration)
      .option('--force', 'run finished cells again')
      .option('--open', 'show it in the browser while it runs')
      .option('--strict', 'exit 1 if a claim is refuted')
      .addOption(
        new Option('--on-inconclusive <how>', 'fail: exit 3 if the verdict is inconclusive')
          .choices(['pass', 'fail'])
          .default('pass'),
      )
      .option('--json', 'print the verdicts as JSON')
      .addHelpText(
        'after',
        '\nCtrl-C stops the cells at their next step with a checkpoint; the same command goes on from there.\nOf several experiments those come first that promise most a minute to be decided: docs/experiments.md says how.',
      );
  },
  async run(args, options) {
    const { runCommand } = await import('../run-several.ts');
    const { budget, ...rest } = options as { budget?: number };
    const budgetMs = budget === undefined ? {} : { budgetMs: budget };
    return runCommand(args[0] as string, { ...rest, ...budgetMs } as RunOptions);
  },
});

import { addPlanOptions, addVerdictOptions, count, duration } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import type { RunOptions } from '../run/plan-runs.ts';

export default defineCommand({
  name: 'run',
  group: 'experiments',
  summary: 'train every arm × seed of an experiment and state its verdict',
  configure(command) {
    command.argument('<experiment>', 'its name: a file in experiments/; a tag, or all, runs several');
    addPlanOptions(command)
      .option(
        '--workers <n>',
        'cells that run at once (default: as many as there are processors for; one on a GPU)',
        count,
      )
      .option('--on <executor>', 'where: local, which is this machine, or slurm (default: as bench.config.ts says)')
      .option('--dry-run', 'say what would be run and what it would take, and run nothing')
      .option('--budget <time>', 'start no cell that would not end in time: 2h, 30m', duration)
      .option('--force', 'run finished cells again')
      .option('--open', 'show it in the browser while it runs');
    addVerdictOptions(command).addHelpText(
      'after',
      '\nCtrl-C stops the cells at their next step with a checkpoint; the same command goes on from there.\nOn a cluster they go on without us, and the same command follows them: docs/executors.md.\nOf several experiments those come first that promise most a minute to be decided: docs/experiments.md says how.',
    );
  },
  async run(args, options) {
    const { runCommand } = await import('../run/several.ts');
    const { budget, ...rest } = options as { budget?: number };
    const budgetMs = budget === undefined ? {} : { budgetMs: budget };
    return runCommand(args[0] as string, { ...rest, ...budgetMs } as RunOptions);
  },
});

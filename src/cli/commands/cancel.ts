import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'cancel',
  group: 'experiments',
  summary: 'stop an experiment that runs here or on a cluster; what ran is kept',
  configure(command) {
    command
      .argument('<experiment>', 'its name: a file in experiments/')
      .option('--kill', 'end tasks of a cluster at once, without a last checkpoint')
      .option('--json', 'print what was cancelled as JSON')
      .addHelpText(
        'after',
        '\nCells stop at their next step with a checkpoint; `bench run EXPERIMENT` goes on from there.\nExit code 4: nothing of it runs or waits.',
      );
  },
  async run([experiment], options) {
    const { cancelCommand } = await import('../run/cancel.ts');
    return cancelCommand(experiment as string, options as { kill?: boolean; json?: boolean });
  },
});

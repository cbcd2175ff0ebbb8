import { addPlanOptions, addVerdictOptions } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import type { RunOptions } from '../run/plan-runs.ts';

export default defineCommand({
  name: 'watch',
  group: 'experiments',
  summary: 'follow an experiment that runs elsewhere, and state its verdict when it is through',
  configure(command) {
    command.argument('<experiment>', 'its name: a file in experiments/');
    addVerdictOptions(addPlanOptions(command)).addHelpText(
      'after',
      '\nGive it the options of the `bench run` that started it. Ctrl-C ends the watching, not the cells.\nExit code 130: it stopped before all cells were run.',
    );
  },
  async run([experiment], options) {
    const { watchExperiment } = await import('../run/watch-cells.ts');
    return watchExperiment(experiment as string, options as unknown as RunOptions);
  },
});

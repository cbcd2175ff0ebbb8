import { collect, count } from '../arguments.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'report',
  group: 'experiments',
  summary: 'write the HTML comparison report of an experiment, one file that needs no network',
  configure(command) {
    command
      .argument('<experiment>', 'its name: a file in experiments/')
      .option('--tier <tier>', 'default: the tier that was run last')
      .option('--seeds <n>', 'as given to bench run', count)
      .option('--set <key=value>', 'as given to bench run', collect, [])
      .option('--out <file>', 'default: reports/<experiment>.html');
  },
  async run(args, options) {
    const { reportExperiment } = await import('../report-experiment.ts');
    return reportExperiment(args[0] as string, options as never);
  },
});

import { Option } from 'commander';
import { RUN_STATES } from '../../core/results.ts';
import { count } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import type { ListOptions } from '../show/list.ts';

const DEFAULT_LIMIT = 50;

export default defineCommand({
  name: 'list',
  group: 'experiments',
  summary: 'show runs, newest first',
  configure(command) {
    command
      .argument('[experiment]', 'only runs of this experiment')
      .addOption(new Option('--state <state>', 'only runs in this state').choices(RUN_STATES))
      .option('--where <filter>', 'only runs of which this is true, for example "net = resnet-34 and test.top1 < 0.1"')
      .option('--sort <fields>', 'order by these; a minus before a field turns it round (default: -started)')
      .option('--group <fields>', 'a line for each group of runs, with mean and deviation of their final figures')
      .option(
        '--figures <names>',
        'show these final figures (default: train.loss,test.top1, or the first two that the runs have)',
      )
      .option('--limit <n>', 'at most so many', count, DEFAULT_LIMIT)
      .option('--archived', 'also those that were archived')
      .option('--deleted', 'also those that were deleted and are not gone yet')
      .option('--json', 'print an array of runs or groups as JSON')
      .addHelpText('after', FIELDS);
  },
  async run([experiment], options) {
    const { listCommand } = await import('../show/list.ts');
    const { archived, deleted, ...rest } = options as ListOptions & { archived?: true; deleted?: true };
    return listCommand({
      ...(rest as ListOptions),
      experiment,
      archived: archived ? 'shown' : 'hidden',
      deleted: deleted ? 'shown' : 'hidden',
    });
  },
});

const FIELDS = `
Fields of a filter: id, experiment, tier, arm, seed, state, step, steps, attempts, started, ended, host, reason, tag, note,
starred, archived, deleted; final figures (test.top1); the configuration (net, optimiser.rate); factors (depth).
Operators: = != < <= > >= ~ (contains) and or not ( ).

Examples:
  bench list --where 'net = resnet-34 and test.top1 < 0.1' --sort test.top1
  bench list --where 'tag = keep or starred' --json
  bench list degradation-34 --group arm --figures train.loss,test.top1`;

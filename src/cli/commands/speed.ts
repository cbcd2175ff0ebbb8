import { Option } from 'commander';
import { addNetOptions, collect, count, deviceOption } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import type { SpeedOptions } from '../speed/command.ts';

export default defineCommand({
  name: 'speed',
  group: 'gates',
  summary: 'measure a training step or a suite of benchmarks, against another commit too; find out where time goes',
  configure(command) {
    command
      .argument(
        '[what]',
        'a suite; step: images a second; profile: time by operation and by layer (default: list the suites)',
      )
      .argument('[net]', 'step, profile: NET, or NET:option=value:…, as for `bench nets show`')
      .option('--compare <rev>', 'suite: against the code of this commit, in rounds of fresh processes')
      .option(
        '--metric <benchmark=margin>',
        'suite: only this benchmark, as in resnet-20=3%; may be repeated',
        collect,
        [],
      )
      .option('--margin <share>', 'suite: slowing that is tolerated (default: 5%)')
      .option('--confidence <c>', 'suite: 1 − the chance to err over all looks (default: 0.95)', Number)
      .option('--rounds <n>', 'suite: rounds at most (default: 32)', count);
    addNetOptions(command)
      .option('--batch <n>', 'images of a step', count, 128)
      .addOption(
        new Option('--precision <type>', 'of the computation').choices(['float32', 'bfloat16']).default('float32'),
      )
      .option('--threads <n>', 'threads of the step', count, 1)
      .addOption(deviceOption('step: where it computes'))
      .option('--seconds <n>', 'step: how long to measure', count, 10)
      .option('--steps <n>', 'profile: steps to look at', count, 5)
      .option(
        '--seed <n>',
        'of weights and images (default: 1); suite: of the order in each round (default: drawn)',
        count,
      )
      .option('--html <file>', 'profile: also write a chart')
      .option('--json', 'print the figures as JSON')
      .addHelpText('after', EXAMPLES);
  },
  async run(args, options) {
    const { speedCommand } = await import('../speed/command.ts');
    return speedCommand(args[0], args[1], options as unknown as SpeedOptions);
  },
});

const EXAMPLES = `
Examples:
  bench speed step resnet-20 --batch 128 --threads 2 --json
  bench speed step resnet-34 --set form=small --set widths=16,32,64,128
  bench speed profile alexnet:form=small
  bench speed ops
  bench speed steps --compare main --margin 3%

Exit code of a comparison 0: pass, 1: slower, 3: inconclusive, 4: incomparable.`;

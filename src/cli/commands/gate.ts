import { Option } from 'commander';
import { TIERS } from '../../core/experiment.ts';
import { collect, count } from '../arguments.ts';
import { defineCommand, type Subcommand } from '../command.ts';
import type { GateOptions } from '../gate-command.ts';
import type { GateHistoryOptions } from '../gate-history.ts';

const history: Subcommand = {
  name: 'history',
  summary: 'show what past gates found of a metric, commit after commit, and where its level changed',
  configure(command) {
    command
      .argument('<metric>', 'as it was gated: test.top1, parameters, …')
      .option('--experiment <experiment>', 'only its gates')
      .option('--out <file>', 'draw it too: a file .svg, .png, .json (Vega-Lite) or .csv')
      .option('--json', 'print the series as JSON');
  },
  async run(args, options) {
    const { gateHistory } = await import('../gate-history.ts');
    return gateHistory(args[0] as string, options as GateHistoryOptions);
  },
};

export default defineCommand({
  name: 'gate',
  group: 'gates',
  summary: 'train an experiment with the present code and say whether it is worse than a baseline',
  configure(command) {
    command
      .argument('<experiment>', 'its name: a file in experiments/')
      .option('--baseline <name>', 'what it is compared with: a file in baselines/')
      .addOption(new Option('--tier <tier>', "default: the baseline's").choices(TIERS))
      .option(
        '--metric <metric=margin>',
        'instead of the thresholds that the baseline holds: test.top1=0.5pp, higher:imagesPerSecond=5%, parameters; may be repeated',
        collect,
        [],
      )
      .option('--confidence <c>', '1 − the chance to err over all looks', Number)
      .option('--minimum-seeds <n>', 'fewer pairs decide nothing', count)
      .option('--looks <n,…>', 'seeds at each look, as in 5,10', text => text.split(',').map(Number))
      .option('--set <key=value>', 'as it was given when the baseline was saved; may be repeated', collect, [])
      .option('--workers <n>', 'cells that run at once', count)
      .option('--no-run', 'judge what is recorded; seeds that are missing are not run')
      .addOption(
        new Option('--on-inconclusive <how>', 'pass: exit 0 if nothing was proven')
          .choices(['pass', 'fail'])
          .default('fail'),
      )
      .option('--json', 'print the decision as JSON')
      .option('--markdown <file>', 'write it as Markdown too')
      .option('--junit <file>', 'write it as JUnit XML too')
      .option('--badge <file>', 'write a badge (SVG) too')
      .addHelpText('after', '\nExit code 0: pass, 1: fail, 2: usage, 3: inconclusive, 4: incomparable.');
  },
  async run(args, options) {
    const { gateCommand } = await import('../gate-command.ts');
    return gateCommand(args[0] as string, options as unknown as GateOptions);
  },
  subcommands: [history],
});

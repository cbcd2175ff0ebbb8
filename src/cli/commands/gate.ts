import { Option } from 'commander';
import { TIERS } from '../../core/experiment.ts';
import { collect, count } from '../arguments.ts';
import { defineCommand, type Subcommand } from '../command.ts';
import type { BisectOptions } from '../gate/bisect.ts';
import type { GateOptions } from '../gate/command.ts';
import type { GateHistoryOptions } from '../gate/history.ts';
import type { InitOptions } from '../gate/init.ts';
import type { SpeedGateOptions } from '../speed/gate.ts';

const numbers = (text: string): number[] => text.split(',').map(Number);

/** What only one of the two kinds of gate knows is refused beside the other. */
const ofBaseline = (flags: string, about: string): Option => new Option(flags, about).conflicts('base');
const ofBase = (flags: string, about: string): Option => new Option(flags, about).conflicts('baseline');

const init: Subcommand = {
  name: 'init',
  summary: 'write a job for a CI that gates every change',
  configure(command) {
    command
      .addOption(new Option('--ci <ci>', 'whose job').choices(['github', 'gitlab']).default('github'))
      .option('--baseline <name>', 'what it compares with (default: the only one in baselines/)')
      .option('--force', 'replace a file that exists');
  },
  async run(_args, options) {
    const { gateInit } = await import('../gate/init.ts');
    return gateInit(options as unknown as InitOptions);
  },
};

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
    const { gateHistory } = await import('../gate/history.ts');
    return gateHistory(args[0] as string, options as GateHistoryOptions);
  },
};

const bisect: Subcommand = {
  name: 'bisect',
  summary: 'find the commit that made a metric worse, by gating the ones between a good and a bad one',
  configure(command) {
    command
      .requiredOption('--good <rev>', 'a commit before it became worse')
      .option('--bad <rev>', 'a later one that is worse', 'HEAD')
      .requiredOption('--experiment <experiment>', 'whose cells are run with the code of each commit')
      .requiredOption('--metric <metric>', 'test.top1, higher:imagesPerSecond, …')
      .option(
        '--margin <margin>',
        'what is tolerated: 0.01, 0.5pp, 2%, 1.5sd (default: half of what the bad one is worse)',
      )
      .option('--arm <arm>', 'default: the one that is most clearly worse')
      .addOption(new Option('--tier <tier>', 'of the experiment').choices(TIERS).default('ci'))
      .option('--confidence <c>', '1 − the chance to name a wrong commit', Number, 0.95)
      .option('--looks <n,…>', 'seeds at each look', numbers, [5, 10])
      .option('--set <key=value>', 'as for bench run; may be repeated', collect, [])
      .option('--json', 'print what was found as JSON')
      .addHelpText('after', '\nExit code 0: found, 3: several commits are left, 4: a commit that cannot be had.');
  },
  async run(_args, options) {
    const { gateBisect } = await import('../gate/bisect.ts');
    return gateBisect(options as unknown as BisectOptions);
  },
};

export default defineCommand({
  name: 'gate',
  group: 'gates',
  summary: 'say whether the present code trains worse than a baseline, or runs slower than a commit',
  configure(command) {
    command
      .argument('[experiment]', 'its name: a file in experiments/')
      .addOption(ofBaseline('--baseline <name>', 'what it is compared with: a file in baselines/'))
      .option('--base <rev>', 'instead: the speed of a suite of benchmarks, against the code of a commit')
      .addOption(ofBase('--suite <suite>', 'with --base: see `bench speed`').default('steps'))
      .addOption(ofBase('--margin <share>', 'with --base: slowing that is tolerated (default: 5%)'))
      .addOption(ofBase('--rounds <n>', 'with --base: rounds at most (default: 32)').argParser(count))
      .addOption(ofBase('--seed <n>', 'with --base: of the order in each round (default: drawn)').argParser(count))
      .addOption(ofBaseline('--tier <tier>', "default: the baseline's").choices(TIERS))
      .option(
        '--metric <metric=margin>',
        'instead of the thresholds that the baseline holds: test.top1=0.5pp, higher:imagesPerSecond=5%, parameters; with --base: a benchmark, as in resnet-20=3%; may be repeated',
        collect,
        [],
      )
      .option('--confidence <c>', '1 − the chance to err over all looks', Number)
      .addOption(ofBaseline('--minimum-seeds <n>', 'fewer pairs decide nothing').argParser(count))
      .addOption(ofBaseline('--looks <n,…>', 'seeds at each look, as in 5,10').argParser(numbers))
      .addOption(
        ofBaseline('--set <key=value>', 'as it was given when the baseline was saved; may be repeated')
          .argParser(collect)
          .default([]),
      )
      .addOption(ofBaseline('--workers <n>', 'cells that run at once').argParser(count))
      .addOption(ofBaseline('--no-run', 'judge what is recorded; seeds that are missing are not run'))
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
  async run([experiment], options) {
    if (options.base !== undefined) {
      const { speedGate } = await import('../speed/gate.ts');
      return speedGate(experiment, options as unknown as SpeedGateOptions);
    }
    const { gateCommand } = await import('../gate/command.ts');
    return gateCommand(experiment, options as unknown as GateOptions);
  },
  subcommands: [init, history, bisect],
});

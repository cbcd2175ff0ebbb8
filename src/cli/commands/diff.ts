import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'diff',
  group: 'experiments',
  summary: 'say what is not the same in two runs: configuration, code, data, environment, results',
  configure(command) {
    command
      .argument('<run>', 'its id, or the beginning of it')
      .argument('<other>', 'the run to compare it with')
      .option('--no-patch', 'only name what of the code differs')
      .option('--json', 'print the differences as JSON')
      .addHelpText(
        'after',
        '\nSpeed and memory are shown, but no two runs share them: they do not count.' +
          '\nExit code 0: the same, 1: different.',
      );
  },
  async run(args, options) {
    const { diffCommand } = await import('../show/diff.ts');
    return diffCommand(args[0] as string, args[1] as string, options);
  },
});

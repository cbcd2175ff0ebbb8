import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'repair',
  group: 'store',
  summary: 'make the store anew from the run folders; the old one is kept',
  configure(command) {
    command
      .option('--json', 'print what was done as JSON')
      .addHelpText(
        'after',
        '\nWhat only the store knew (verdicts, tags, runs without folder) is carried over as far as it can be read.' +
          '\nExit code 0: done, 1: done, but something could not be carried over, 4: refused.',
      );
  },
  async run(_args, options) {
    const { repairCommand } = await import('../store/repair.ts');
    return repairCommand(options);
  },
});

import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'check',
  group: 'store',
  summary: 'hold the store against its journals and all files against their checksums; nothing is changed',
  configure(command) {
    command
      .option('--quick', 'leave out what reads every journal and every file')
      .option('--json', 'print what was found as JSON')
      .addHelpText(
        'after',
        '\nExit code 0: all is well (notes are no faults), 1: faults, 4: no store, or one that cannot be read.',
      );
  },
  async run(_args, options) {
    const { checkCommand } = await import('../store/check.ts');
    return checkCommand(options);
  },
});

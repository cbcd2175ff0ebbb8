import { count } from '../arguments.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'verify',
  group: 'experiments',
  summary: 'repeat a run and prove every value bit-identical, or name the first step that differs',
  configure(command) {
    command
      .argument('<run>', 'its id, or the beginning of it')
      .option('--steps <n>', 'repeat only the first n steps', count)
      .option('--json', 'print the comparison as JSON')
      .addHelpText(
        'after',
        '\nExit code 0: identical, 1: different, 4: not comparable (another processor, or nothing to compare).',
      );
  },
  async run(args, options) {
    const { verifyRun } = await import('../trained/verify.ts');
    return verifyRun(args[0] as string, options);
  },
});

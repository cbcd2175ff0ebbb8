import { count } from '../arguments.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'reproduce',
  group: 'experiments',
  summary: 'check out the code of a run, install what its lockfile says, and verify the run there',
  configure(command) {
    command
      .argument('<run>', 'its id, or the beginning of it')
      .option('--into <dir>', 'check out into this folder and keep it (default: a folder that is removed afterwards)')
      .option('--no-install', 'use the packages that are installed here, if the lockfile is the same')
      .option('--steps <n>', 'repeat only the first n steps', count)
      .option('--json', 'print the comparison as JSON')
      .addHelpText(
        'after',
        '\nIt runs code: that of a commit of this repository, with the patch that the run recorded. Only reproduce runs' +
          '\nwhose origin you trust; `bench show RUN --provenance` shows the patch.' +
          '\nExit code 0: identical, 1: different, 4: refused, or not comparable.',
      );
  },
  async run(args, options) {
    const { reproduceRun } = await import('../trained/reproduce.ts');
    return reproduceRun(args[0] as string, options);
  },
});

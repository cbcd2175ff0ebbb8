import { defineCommand } from '../command.ts';
import type { DeleteOptions } from '../store/delete.ts';

export default defineCommand({
  name: 'delete',
  group: 'store',
  summary: 'delete runs: they count for nothing more, and bench undo brings them back until bench gc',
  configure(command) {
    command
      .argument('[run...]', 'beginnings of ids')
      .option('--where <filter>', 'all runs of which this is true (see bench list --help); asks before it does it')
      .option('--yes', 'do not ask');
  },
  async run(runs, options) {
    const { deleteCommand } = await import('../store/delete.ts');
    return deleteCommand(runs, options as DeleteOptions);
  },
});

import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'archive',
  group: 'store',
  summary: 'leave runs out of bench list; they still count for results and verdicts',
  configure(command) {
    command
      .argument('[run...]', 'beginnings of ids')
      .option('--where <filter>', 'all runs of which this is true (see bench list --help)')
      .option('--remove', 'take it back from them');
  },
  async run(runs, { where, remove }) {
    const { curateCommand } = await import('../store/curate.ts');
    const action = remove ? 'unarchive' : 'archive';
    return curateCommand(runs, where as string | undefined, { action }, remove ? 'no longer archived' : 'archived');
  },
});

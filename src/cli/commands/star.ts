import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'star',
  group: 'store',
  summary: 'mark runs with a star: gc keeps their checkpoints',
  configure(command) {
    command
      .argument('[run...]', 'beginnings of ids')
      .option('--where <filter>', 'all runs of which this is true (see bench list --help)')
      .option('--remove', 'take it back from them');
  },
  async run(runs, { where, remove }) {
    const { curateCommand } = await import('../store/curate.ts');
    const action = remove ? 'unstar' : 'star';
    return curateCommand(runs, where as string | undefined, { action }, remove ? 'no longer starred' : 'starred');
  },
});

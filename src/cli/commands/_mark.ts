import { type CommandDefinition, defineCommand } from '../command.ts';

/** A mark that runs have or have not. `said` of one that has it. */
export const defineMark = (name: 'star' | 'archive', said: string, summary: string): CommandDefinition =>
  defineCommand({
    name,
    group: 'store',
    summary,
    configure(command) {
      command
        .argument('[run...]', 'beginnings of ids')
        .option('--where <filter>', 'all runs of which this is true (see bench list --help)')
        .option('--remove', 'take it back from them');
    },
    async run(runs, { where, remove }) {
      const { curateCommand } = await import('../store/curate.ts');
      const action = remove ? (`un${name}` as const) : name;
      return curateCommand(runs, where as string | undefined, { action }, remove ? `no longer ${said}` : said);
    },
  });

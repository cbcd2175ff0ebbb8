import { UserError } from '../../core/errors.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'tag',
  group: 'store',
  summary: 'add tags to runs (+good) or take them away (-good)',
  configure(command) {
    command
      .argument('<run|+tag|-tag...>', 'beginnings of ids, and tags with + or - before them')
      .option('--where <filter>', 'all runs of which this is true (see bench list --help)')
      .allowUnknownOption()
      .addHelpText('after', '\nExample:\n  bench tag a1b2c3 d4e5f6 +keep -unsure');
  },
  async run(args, options) {
    const { curateCommand } = await import('../store/curate.ts');
    const tags = (sign: string): string[] => args.filter(arg => arg.startsWith(sign)).map(arg => arg.slice(1));
    const [add, remove] = [tags('+'), tags('-')];
    if (add.length + remove.length === 0) throw new UserError('expected a tag such as +good or -good, got none.');
    const runs = args.filter(arg => !/^[+-]/.test(arg));
    return curateCommand(runs, options.where as string | undefined, { action: 'tag', add, remove }, 'tagged');
  },
});

import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'note',
  group: 'store',
  summary: 'write a note to a run, instead of the one it has; an empty one removes it',
  configure(command) {
    command.argument('<run>', 'the beginning of its id').argument('<text>', 'in quotation marks');
  },
  async run([run, text], _options) {
    const { curateCommand } = await import('../store/curate.ts');
    return curateCommand([run as string], undefined, { action: 'note', text: text as string }, 'noted');
  },
});

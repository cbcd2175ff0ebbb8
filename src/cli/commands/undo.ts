import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'undo',
  group: 'store',
  summary: 'take back the last tag, note, star, archive or delete; again: the one before it',
  configure() {},
  async run() {
    const { undoCommand } = await import('../store/delete.ts');
    return undoCommand();
  },
});

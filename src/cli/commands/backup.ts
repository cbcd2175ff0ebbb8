import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'backup',
  group: 'store',
  summary: 'copy the store to a file and look the copy through; runs may go on meanwhile',
  configure(command) {
    command
      .argument('[file]', 'where to (default: a file in backups/ beside the store, named by the time)')
      .option('--json', 'print the copy’s place and size as JSON');
  },
  async run([file], options) {
    const { backupCommand } = await import('../store/backup.ts');
    return backupCommand(file, options);
  },
});

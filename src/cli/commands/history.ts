import { defineCommand } from '../command.ts';
import type { HistoryOptions } from '../nets/history.ts';

export default defineCommand({
  name: 'history',
  group: 'parts',
  summary: 'write one page of the history of convolutional nets: errors, descent, costs, sources',
  configure(command) {
    command
      .option('--out <file>', 'where to write it', 'reports/history.html')
      .option('--drawings', 'also draw every net into the same folder, and link to the drawings')
      .option('--json', 'print the rows as JSON instead');
  },
  async run(_args, options) {
    const { historyCommand } = await import('../nets/history.ts');
    return historyCommand(options as unknown as HistoryOptions);
  },
});

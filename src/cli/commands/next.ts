import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'next',
  group: 'set-up',
  summary: 'say what to do next in this folder; what bench alone does too',
  configure(command) {
    command.option('--json', 'print it as JSON');
  },
  async run(_args, options) {
    const { nextCommand } = await import('../set-up/next.ts');
    return nextCommand(options);
  },
});

import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'init',
  group: 'set-up',
  summary: 'begin a project of your own in this folder: a net, images and an experiment that runs',
  configure(command) {
    command.addHelpText(
      'after',
      '\nIt writes nets/tiny.ts, experiments/kernel.ts, images/ and, where there is none, .gitignore. Nothing is overwritten.',
    );
  },
  async run() {
    const { initCommand } = await import('../set-up/init.ts');
    return initCommand();
  },
});

import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'explain',
  group: 'experiments',
  summary: 'say what an experiment’s claim is, why it was believed, what is done, and how to read the result',
  configure(command) {
    command
      .argument('<experiment>', 'its name: a file in experiments/')
      .option('--json', 'print the same as an object of sections');
  },
  async run([name], { json }) {
    const { explainCommand } = await import('../claims/explain.ts');
    return explainCommand(name as string, json === true);
  },
});

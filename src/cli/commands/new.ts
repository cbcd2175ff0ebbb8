import { Argument } from 'commander';
import { defineCommand } from '../command.ts';
import type { NewKind } from '../set-up/new.ts';

export default defineCommand({
  name: 'new',
  group: 'set-up',
  summary: 'write a file to begin an experiment or a net with',
  configure(command) {
    command
      .addArgument(new Argument('<what>', 'what to begin').choices(['experiment', 'net']))
      .argument('<name>', 'lower-case letters, digits and dashes')
      .addHelpText(
        'after',
        '\nIt is written to experiments/ or nets/ of the working folder and works as it is. Nothing is overwritten.',
      );
  },
  async run([what, name]) {
    const { newCommand } = await import('../set-up/new.ts');
    return newCommand(what as NewKind, name as string);
  },
});

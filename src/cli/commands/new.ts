import { Argument } from 'commander';
import { defineCommand } from '../command.ts';

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
        '\nAn experiment is written to experiments/ of the working folder and runs as it is.\nA net is written to src/nets/ of a checkout of convbench, whose folder is the registry.\nNothing is overwritten.',
      );
  },
  async run([what, name]) {
    const { newCommand } = await import('../new-command.ts');
    return newCommand(what as 'experiment' | 'net', name as string);
  },
});

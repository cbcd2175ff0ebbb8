import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'resume',
  group: 'experiments',
  summary: 'continue a run that was stopped, killed or crashed, from its last good checkpoint, to the same bits',
  configure(command) {
    command
      .argument('<run>', 'its id, or the beginning of it')
      .addHelpText(
        'after',
        '\n`bench run EXPERIMENT` does the same for all cells that are missing.\n' +
          'Exit code 0: finished, 4: it failed or cannot be continued, 130: stopped again.',
      );
  },
  async run(args) {
    const { resumeRun } = await import('../run/resume.ts');
    return resumeRun(args[0] as string);
  },
});

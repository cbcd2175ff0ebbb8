import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'doctor',
  group: 'set-up',
  summary: 'say what this machine has and what is missing',
  configure(command) {
    command
      .option('--fix', 'install what is missing')
      .option('--only-fix', 'install what is missing and say nothing if nothing is')
      .option('--json', 'print the parts as JSON')
      .addHelpText('after', '\nExit code 0: all that is needed is there, 4: something is missing.');
  },
  async run(_args, options) {
    if (options.fix || options.onlyFix)
      await (await import('../provide.ts')).provideAll({ thorough: options.fix === true });
    if (options.onlyFix) return 0;
    const { examine } = await import('../doctor.ts');
    return examine(options);
  },
});

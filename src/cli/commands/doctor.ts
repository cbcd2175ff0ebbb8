import { deviceOption } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import type { DoctorOptions } from '../set-up/doctor.ts';

export default defineCommand({
  name: 'doctor',
  group: 'set-up',
  summary: 'say what this machine has and what is missing',
  configure(command) {
    command
      .option('--fix', 'install what is missing')
      .option('--only-fix', 'install what is missing and say nothing if nothing is')
      .addOption(deviceOption('gpu: what only the GPU needs, too (3.4 GB to download)'))
      .option('--json', 'print the parts as JSON')
      .addHelpText('after', '\nExit code 0: all that is needed is there, 4: something is missing.');
  },
  async run(_args, options) {
    const { device } = options as unknown as DoctorOptions;
    if (options.fix || options.onlyFix)
      await (await import('../set-up/provide.ts')).provideAll({ thorough: options.fix === true, device });
    if (options.onlyFix) return 0;
    const { examine } = await import('../set-up/doctor.ts');
    return examine(options as unknown as DoctorOptions);
  },
});

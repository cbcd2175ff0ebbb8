import { TIERS } from '../../core/experiment.ts';
import { collect, count } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import type { SaveOptions } from '../gate/baseline-save.ts';

export default defineCommand({
  name: 'baseline',
  group: 'gates',
  summary: 'pin results that gates compare with: files in baselines/, reviewed like code',
  configure(command) {
    command
      .argument('<action>', 'save NAME, list, show NAME, diff A B, promote FROM TO, or rm NAME')
      .argument('[names...]')
      .option('--experiment <experiment>', 'save: whose finished runs are frozen')
      .option('--tier <tier>', `save: ${TIERS.join(', ')}, as far as the experiment has them`, 'ci')
      .option('--seeds <n>', 'save: exactly seeds 1 … n (default: all that have finished)', count)
      .option('--set <key=value>', 'save: as it was given to bench run; may be repeated', collect, [])
      .option('--force', 'save, promote: replace one that exists; save: from a checkout with changes, too')
      .option('--json', 'print what was found or done as JSON');
  },
  async run(args, options) {
    const { baselineCommand } = await import('../gate/baseline.ts');
    return baselineCommand(args, options as unknown as SaveOptions);
  },
});

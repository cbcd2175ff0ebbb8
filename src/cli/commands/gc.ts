import { InvalidArgumentError } from 'commander';
import { count } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import type { GcCommandOptions } from '../store/gc.ts';

export default defineCommand({
  name: 'gc',
  group: 'store',
  summary:
    'remove for good: deleted runs, artifacts of no run, checkpoints beyond a disk budget, unused packs of images, what job arrays that are over leave',
  configure(command) {
    command
      .option('--dry-run', 'only say what would go')
      .option(
        '--checkpoint-budget <size>',
        'such as 500MB or 20GB: what all checkpoints may take (default: 20GB)',
        size,
      )
      .option('--pack-days <n>', 'packs of decoded images that no run has read for so long go (default: 30)', count)
      .option('--pack-budget <size>', 'what packs may take: those read longest ago go first (default: any size)', size)
      .option('--json', 'print it as JSON');
  },
  async run(_args, options) {
    const { gcCommand } = await import('../store/gc.ts');
    return gcCommand(options as GcCommandOptions);
  },
});

const FACTORS = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;

function size(text: string): number {
  const [, number, unit = 'B'] = /^(\d+(?:\.\d+)?)\s*([kmgt]?b)?$/i.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('Expected a size such as 500MB or 20GB.');
  return Number(number) * FACTORS[unit.toUpperCase() as keyof typeof FACTORS];
}

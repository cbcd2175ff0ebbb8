/** Parsers of option values for commander. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEVICES, TIERS } from '../core/experiment.ts';

export function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a whole number of at least 1.');
  return value;
}

export function countFromZero(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError('Expected a whole number of at least 0.');
}

const countOrAuto = (text: string): number | 'auto' => (text === 'auto' ? 'auto' : count(text));

const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000 };

/** "90s", "30m", "1.5h", in milliseconds. */
export function duration(text: string): number {
  const [, value, unit] = /^(\d+(?:\.\d+)?)(s|m|h)$/.exec(text) ?? [];
  if (unit === undefined) throw new InvalidArgumentError('Expected a time such as 90s, 30m or 2h.');
  return Number(value) * (UNIT_MS[unit] as number);
}

/** For options that may be repeated. */
export function collect(text: string, earlier: string[]): string[] {
  return [...earlier, text];
}

export const deviceOption = (about: string): Option =>
  new Option('--device <device>', about).choices(DEVICES).default('cpu');

/** What says which cells an experiment has. */
export const addPlanOptions = (command: Command): Command =>
  command
    .option('--tier <tier>', `how much to spend: ${TIERS.join(', ')}, as far as the experiment has them`, 'quick')
    .option('--seeds <n>', 'seeds 1 … n instead of those the tier plans', count)
    .option(
      '--set <key=value>',
      'another value of a setting, for example optimiser.rate=0.05; may be repeated',
      collect,
      [],
    )
    .option(
      '--threads <n>',
      'threads of each cell; auto: more than one where cells are fewer than processors',
      countOrAuto,
      1,
    )
    .addOption(deviceOption('where the cells compute; gpu fetches what it needs (3.4 GB) the first time'));

/** Which of an experiment's runs are meant; what is left open is as it was run last. */
export const addResultOptions = (command: Command): Command =>
  command
    .option('--tier <tier>', 'default: the tier that was run last')
    .option('--seeds <n>', 'as given to bench run', count)
    .option('--threads <n>', 'only runs with so many threads (default: as the newest run)', count)
    .addOption(new Option('--device <device>', 'only runs on it (default: as the newest run)').choices(DEVICES))
    .option('--set <key=value>', 'as given to bench run', collect, []);

/** In which form a net is meant. */
export const addNetOptions = (command: Command, set = 'an option of the net; may be repeated'): Command =>
  command
    .option('--set <option=value>', set, collect, [])
    .option('--input <HxWxC>', 'shape of the images (default: the paper’s; 32x32x3 with form=small)')
    .option('--classes <n>', 'number of classes (default: the paper’s; 10 with form=small)', count);

/** What a verdict does to the exit code, and how it is printed. */
export const addVerdictOptions = (command: Command): Command =>
  command
    .option('--strict', 'exit 1 if a claim is refuted')
    .addOption(
      new Option('--on-inconclusive <how>', 'fail: exit 3 if the verdict is inconclusive')
        .choices(['pass', 'fail'])
        .default('pass'),
    )
    .option('--json', 'print the verdicts as JSON');

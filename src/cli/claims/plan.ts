/** `bench plan`: how many seeds a question needs, and how long they take, before it is asked. */
import { formatDuration } from '../../core/duration.ts';
import { EXIT, UserError } from '../../core/errors.ts';
import type { TierName } from '../../core/experiment.ts';
import { parseMargin } from '../../gate/index.ts';
import { detectableEffect, pairedPower, pairsForPower } from '../../stats/index.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { noiseOfExperiment, type PlannedNoise } from './plan-noise.ts';

const POWERS = [0.8, 0.95];
/** What the usual numbers of seeds would find. */
const USUAL_SEEDS = [3, 5, 10, 20];

export interface PlanOptions {
  effect?: string;
  noise?: string;
  claim?: string;
  tier?: TierName;
  confidence: number;
  json?: boolean;
}

export async function planCommand(options: PlanOptions): Promise<number> {
  const { confidence } = options;
  if (!(confidence > 0.5 && confidence < 1))
    throw new UserError(`plan: --confidence: expected more than 0.5 and less than 1, got ${confidence}.`);
  const asked = parseEffect(options.effect);
  const noise = await noiseOf(options);
  if (!(noise.deviation > 0))
    throw new UserError(
      `plan: the differences of the ${noise.seeds} seeds are all equal: there is no noise to plan with. Give --noise a number.`,
      { exitCode: EXIT.noData },
    );
  const effect = asked.deviations ?? asked.absolute / noise.deviation;
  const rows = POWERS.map(power => rowOf(power, pairsForPower(effect, power, confidence), noise));
  const usual = USUAL_SEEDS.map(seeds => ({
    seeds,
    power: pairedPower(effect, seeds, confidence),
    detectable: detectableEffect(seeds, 0.8, confidence) * noise.deviation,
  }));
  const found = { effect: effect * noise.deviation, confidence, noise, needed: rows, usual };
  if (options.json) printJson(found);
  else process.stdout.write(planText(found));
  return EXIT.ok;
}

interface Needed {
  power: number;
  /** Null: more than 100,000. */
  seeds: number | null;
  /** Of all arms, one cell after the other; null where no run says how long one takes. */
  durationMs: number | null;
}

function rowOf(power: number, seeds: number | null, { msPerSeed }: PlannedNoise): Needed {
  return { power, seeds, durationMs: seeds === null || msPerSeed === null ? null : seeds * msPerSeed };
}

interface Found {
  effect: number;
  confidence: number;
  noise: PlannedNoise;
  needed: readonly Needed[];
  usual: readonly { seeds: number; power: number; detectable: number }[];
}

function planText({ effect, confidence, noise, needed, usual }: Found): string {
  const from = noise.seeds === null ? 'as given' : `from ${noise.seeds} seeds of ${noise.source}, so itself a guess`;
  const head = `Effect ${round(effect)} at a deviation of ${round(noise.deviation)} (${from}); two-sided, level ${confidence}.\n`;
  const seeds = formatTable(needed, [
    { title: 'power', align: 'right', text: row => String(row.power) },
    { title: 'seeds', align: 'right', text: row => String(row.seeds ?? 'over 100000') },
    {
      title: 'time, one cell at once',
      align: 'right',
      text: row => (row.durationMs === null ? 'unknown' : formatDuration(row.durationMs)),
    },
  ]);
  const table = formatTable(usual, [
    { title: 'seeds', align: 'right', text: row => String(row.seeds) },
    { title: 'power', align: 'right', text: row => row.power.toFixed(3) },
    { title: 'effect found at power 0.8', align: 'right', text: row => round(row.detectable) },
  ]);
  return `${head}\n${seeds}\n${table}`;
}

const round = (value: number): string => String(Number(value.toPrecision(3)));

function parseEffect(text: string | undefined): { absolute: number; deviations?: number } {
  if (text === undefined) throw new UserError('plan: expected --effect, the smallest effect that matters: "0.5pp".');
  const effect = parseMargin(text);
  if ('relative' in effect)
    throw new UserError(`plan: --effect: expected a number, alone or with pp or sd, got "${text}": of what?`);
  const [value] = Object.values(effect) as [number];
  if (!(value > 0)) throw new UserError(`plan: --effect: expected more than 0, got "${text}".`);
  return 'deviations' in effect ? { absolute: Number.NaN, deviations: value } : { absolute: value };
}

async function noiseOf({ noise, claim, tier }: PlanOptions): Promise<PlannedNoise> {
  if (noise === undefined)
    throw new UserError(
      'plan: expected --noise, the deviation of a pair: a number ("0.4pp"), or from:EXPERIMENT with runs of at least 3 seeds.',
    );
  if (noise.startsWith('from:')) return noiseOfExperiment(noise.slice('from:'.length), { claim, tier });
  const given = parseMargin(noise);
  if (!('absolute' in given && given.absolute > 0))
    throw new UserError(`plan: --noise: expected more than 0, alone or with pp, or from:EXPERIMENT, got "${noise}".`);
  return { deviation: given.absolute, seeds: null, source: null, msPerSeed: null };
}

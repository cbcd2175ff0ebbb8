/**
 * A large experiment on paper: `npm run bench:scale -- [--seeds 1000]`. Plans 100 arms × seeds, cuts them into job arrays
 * with their scripts, and reads what squeue would say of all of them. Nothing is submitted or written.
 */
import { parseArgs } from 'node:util';
import { parseSpec } from '../src/runner/experiment-schema.ts';
import { isTrained, loadExperiment } from '../src/runner/experiments.ts';
import { planExperiment } from '../src/runner/plan.ts';
import { type PlannedArray, planArrays } from '../src/runner/slurm/planned-arrays.ts';
import { DEFAULT_ARRAY_SIZE, parseQueue } from '../src/runner/slurm/queue.ts';
import { parseSettings } from '../src/runner/slurm/settings.ts';

const LEVELS = 10;

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '1000' } } });
const spec = parseSpec(await largeExperiment(), 'bench/scale.ts');
if (!isTrained(spec)) throw new Error('expected an experiment that trains');
const execution = { threads: 1, device: 'cpu' } as const;
const plan = await timed('plan', () =>
  planExperiment(spec, { tier: 'quick', settings: [], seeds: Number(values.seeds), execution }),
);
const settings = parseSettings({ kind: 'slurm', arrayLimit: 256 }, 'bench/scale.ts');
const request = { benchDir: '.bench', experiment: spec.id, settings, maxTasks: DEFAULT_ARRAY_SIZE };
const arrays = await timed('arrays', async () =>
  planArrays(
    plan.cells.map(cell => cell.execution),
    request,
  ),
);
const text = arrays.map(rows).join('');
const queue = await timed('queue', async () => parseQueue(text));
say({ cells: plan.cells.length, arrays: arrays.length, queued: queue.size, queueBytes: text.length });

/** One factor after the other differs from degradation-34 in numbers only. */
async function largeExperiment(): Promise<unknown> {
  const { base, source, tiers, limits, history } = await loadExperiment('degradation-34');
  const levels = (patch: (level: number) => object): object =>
    Object.fromEntries(Array.from({ length: LEVELS }, (_, level) => [`l${level}`, patch(level)]));
  const factors = {
    rate: levels(level => ({ optimiser: { rate: 0.01 * (level + 1) } })),
    decay: levels(level => ({ optimiser: { weightDecay: 1e-4 * level } })),
  };
  const [title, question] = ['Many cells', 'How long does planning take?'];
  const claim = { id: 'none', kind: 'superiority', statement: 'it differs', metric: 'train.loss', unit: 'nats' };
  const claims = [{ ...claim, contrast: { 'l0-l0': 1, 'l1-l0': -1 }, margin: 0, published: 'nowhere' }];
  return { id: 'scale', title, question, source, base, tiers, factors, claims, limits, history };
}

function rows({ token, chunks }: PlannedArray<unknown>, array: number): string {
  return chunks.map((_, index) => `${array + 1}|${index}|PENDING|Resources|${token}\n`).join('');
}

async function timed<T>(what: string, action: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  const result = await action();
  const durationMs = Math.round(performance.now() - startMs);
  say({ what, durationMs, residentMegabytes: Math.round(process.memoryUsage.rss() / 1e6) });
  return result;
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

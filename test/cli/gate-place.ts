/** A folder with an experiment and made-up runs of its real plan, for the tests of baseline, gate and plan. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, vi } from 'vitest';
import type { GateThreshold } from '../../src/core/experiment.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { planExperiment } from '../../src/runner/plan.ts';
import { newFolder } from '../new-folder.ts';
import { attempt, end } from '../tracking/events.ts';
import { writeJournal } from '../tracking/journals.ts';

export const TOP1: Partial<GateThreshold> = { metric: 'test.top1', direction: 'lower', margin: { absolute: 0.01 } };

/** Differs from seed to seed, and is the same at every call. */
export const wobble = (seed: number): number => 0.001 * Math.sin(37 * seed);

export class GatePlace {
  readonly root = newFolder();

  writeExperiment(gate: readonly Partial<GateThreshold>[] = [TOP1], steps = 20): void {
    const spec = {
      id: 'tiny',
      title: 'Tiny',
      question: 'Is one larger than the other?',
      source: 'made up',
      base: {
        net: 'resnet-18',
        options: { form: 'small', widths: [4, 4, 8, 8], stemStride: 2 },
        dataset: 'fashion-mnist',
        steps,
        batch: 8,
        optimiser: { kind: 'sgd', rate: 0.1 },
      },
      factors: { rate: { low: {}, high: { optimiser: { rate: 0.2 } } } },
      tiers: { ci: { seeds: 5, decides: true, about: 'made up' } },
      claims: [
        {
          id: 'differs',
          kind: 'superiority',
          statement: 'low is worse than high',
          metric: 'test.top1',
          unit: 'pp',
          contrast: { low: 1, high: -1 },
          margin: 0,
          published: '-',
        },
      ],
      gate,
      limits: [],
      history: [],
    };
    // A module that was read stays read: a changed one needs another place. The baselines go along.
    const folder = mkdtempSync(join(this.root, 'work-'));
    if (existsSync('baselines')) cpSync('baselines', join(folder, 'baselines'), { recursive: true });
    mkdirSync(join(folder, 'experiments'));
    writeFileSync(join(folder, 'experiments/tiny.ts'), `export default ${JSON.stringify(spec)};\n`);
    process.chdir(folder);
  }

  /** A new store with finished runs of these seeds, whose figures are given. */
  async record(
    seeds: number,
    figure: (seed: number, arm: string) => number | 'NaN' | 'Infinity',
    curve: readonly number[] = [],
  ): Promise<void> {
    const dir = mkdtempSync(join(this.root, 'bench-'));
    vi.stubEnv('BENCH_DIR', dir);
    const execution = { threads: 1, device: 'cpu' } as const;
    const { cells } = await planExperiment(await loadExperiment('tiny'), {
      tier: 'ci',
      settings: [],
      seeds,
      execution,
    });
    const place = { dir, runs: join(dir, 'runs'), storePath: join(dir, 'store.sqlite') };
    cells.forEach((cell, i) => {
      const run = (i + 1).toString(16).padStart(12, 'a');
      const events: JournalEvent[] = [
        attempt(run),
        { type: 'cell', time: 1_000_001, cell: cell as never },
        ...curve.map(
          (value, at): JournalEvent => ({
            type: 'points',
            time: 1_000_100 + at,
            step: at + 1,
            values: { 'test.top1': value },
          }),
        ),
        { type: 'metric', time: 1_001_000, name: 'test.top1', value: figure(cell.seed, cell.arm) },
        { type: 'metric', time: 1_001_000, name: 'imagesPerSecond', value: 100 + cell.seed },
        end('finished', { step: cell.config.steps, time: 1_061_000 }),
      ];
      writeJournal(place, run, events);
    });
  }
}

/** A new place for each test, in which the test then is. */
export function useGatePlace(): () => GatePlace {
  let place: GatePlace;
  beforeEach(() => {
    place = new GatePlace();
    const before = process.cwd();
    process.chdir(place.root);
    vi.stubEnv('GITHUB_ACTIONS', '');
    vi.stubEnv('GITHUB_STEP_SUMMARY', '');
    return () => {
      process.chdir(before);
      vi.unstubAllEnvs();
    };
  });
  return () => place;
}

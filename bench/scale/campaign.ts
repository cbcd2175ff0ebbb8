/** A whole experiment as `bench run --on slurm` executes it, against a Slurm that pretends. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgressDisplay } from '../../src/cli/run/progress-display.ts';
import { runsDir, storePath } from '../../src/core/places.ts';
import { executeCells } from '../../src/runner/campaign.ts';
import type { Plan } from '../../src/runner/plan.ts';
import { parseSettings } from '../../src/runner/slurm/settings.ts';
import { SlurmExecutor } from '../../src/runner/slurm/slurm-executor.ts';
import { finishedIdentities } from '../../src/tracking/queries.ts';
import { Recorder } from '../../src/tracking/recorder.ts';
import { openStore, type Store } from '../../src/tracking/store.ts';
import { largePlan } from './large-experiment.ts';
import { peakMegabytes, say } from './measure.ts';
import { type PlayedTasks, PretendSlurm } from './pretend-slurm.ts';

const METRICS = 2;
/** As `bench run` does where no cell runs beside it. */
const FOLLOW_MS = 1000;

/** 100 cells a seed. */
export async function campaign(seeds: number, tasks: PlayedTasks): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-scale-'));
  process.env.BENCH_DIR = join(dir, 'results');
  mkdirSync(process.env.BENCH_DIR);
  const slurm = new PretendSlurm(dir);
  const store = openStore(storePath());
  try {
    slurm.play(tasks);
    say({ what: 'campaign', ...tasks, ...(await execute(await largePlan(seeds), store, slurm, tasks.steps)) });
  } finally {
    await slurm.stop();
    store.close();
    rmSync(dir, { recursive: true });
  }
}

async function execute(plan: Plan, store: Store, slurm: PretendSlurm, steps: number): Promise<object> {
  const recorder = new Recorder(store, runsDir());
  const display = new ProgressDisplay(plan, store, plan.cells.length);
  const settings = parseSettings({ kind: 'slurm', retries: 0 }, 'bench:scale');
  const { id } = plan.experiment;
  const benchDir = process.env.BENCH_DIR as string;
  const executor = new SlurmExecutor({ benchDir, experiment: id, settings, say: tell });
  const watch = new TickWatch();
  let points = 0;
  await executeCells({
    cells: plan.cells,
    finished: new Map(),
    resumable: new Map(),
    executor,
    command: 'npm run bench:scale',
    stop: new AbortController().signal,
    kill: new AbortController().signal,
    onTick: () => {
      points += recorder.follow(FOLLOW_MS).points;
      display.updateIfCheap(executor.poll());
      watch.tick();
    },
  });
  points += recorder.ingestAll().points;
  const seconds = watch.seconds();
  const cells = plan.cells.length;
  return {
    cells,
    ...outcomeOf(store, cells, points - cells * steps * METRICS),
    seconds,
    runsPerSecond: Math.round(cells / seconds),
    journalMegabytesPerSecond: Number((journalBytes(store) / 1e6 / seconds).toPrecision(3)),
    firstTickSeconds: watch.firstSeconds,
    longestTickSeconds: watch.longestSeconds,
    questions: slurm.questions,
    questionsPerSecond: Number((slurm.questions / seconds).toPrecision(2)),
    peakMegabytes: peakMegabytes(),
  };
}

/** `strayPoints`: recorded beyond those that there are, or fewer. */
function outcomeOf(store: Store, cells: number, strayPoints: number): object {
  const runs = store.prepare<number>('SELECT count(*) FROM runs', 'pluck').get() as number;
  const attempts = store.prepare<number>('SELECT count(*) FROM attempts', 'pluck').get() as number;
  return { attempts, lost: cells - finishedIdentities(store).size, duplicated: runs - cells, strayPoints };
}

const journalBytes = (store: Store): number =>
  store.prepare<number>('SELECT sum(journal_offset) FROM runs', 'pluck').get() as number;

/** How long a follower is busy between two looks at the journals. */
class TickWatch {
  readonly #startMs = performance.now();
  #lastMs = Number.NaN;
  firstSeconds = Number.NaN;
  longestSeconds = 0;

  tick(): void {
    if (Number.isNaN(this.#lastMs)) this.firstSeconds = this.seconds();
    else this.longestSeconds = Math.max(this.longestSeconds, rounded(performance.now() - this.#lastMs));
    this.#lastMs = performance.now();
  }

  seconds(): number {
    return rounded(performance.now() - this.#startMs);
  }
}

const rounded = (durationMs: number): number => Math.round(durationMs / 100) / 10;

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

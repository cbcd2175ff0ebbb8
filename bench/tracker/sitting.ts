/** What is measured of each tool. Each measurement goes round all tools, so that a machine that slows down slows all. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { formatDuration } from '../../src/core/duration.ts';
import { describeError } from '../../src/core/errors.ts';
import { median } from '../../src/stats/index.ts';
import { bytesIn } from '../bytes-in.ts';
import type { Orders } from './orders.ts';
import type { Tool } from './tools.ts';

const SECONDS = 1.5;
const METRICS = 10;
/** 500 steps a second, as a small net on a fast machine. */
const PACE_SECONDS = 0.002;
const KILL_AFTER_MS = 2000;
const WRITERS = 8;
const STEPS_OF_A_WRITER = 100;
const RUNS = 1000;
/** Of ours alone: the others take minutes to make so many. */
const MANY_RUNS = 10_000;
const MAKING_SECONDS = 15;
/** A tool that is slow, or answers no more, costs the others no more than this. */
const TOOL_MS = 130_000;

export interface Row {
  tool: string;
  version?: string;
  pointsPerSecond?: number;
  /** What the loop waits for; medians over the rounds, but the longest of all. */
  stepCostMicros?: { median: number; p99: number; worst: number };
  /** All that lies on the disk, less what one step leaves there. */
  bytesPerPoint?: number;
  /** Points whose call had returned and that the tool's own reader does not find. */
  lostOnKill?: number;
  acknowledged?: number;
  /** Of eight processes at once: how many ended with an error, and the points that are missing. */
  writersErrors?: number;
  writersLost?: number;
  /** The longest call of all eight after the first, in milliseconds. */
  writersWorstMs?: number;
  /** 100 newest of `listRuns` runs filtered by a metric, in process; null: it cannot be asked that. */
  listMs?: number | null;
  listRuns?: number;
  /** The same of ten thousand. */
  listMsOfMany?: number;
  /** Why there are no figures, or not all. */
  failures: string[];
}

export interface Seat {
  tool: Tool;
  orders: Orders;
  row: Row;
}

/** At most for `sittingMs`; what was not reached says so. What is told of least otherwise comes first, the second round last. */
export async function sit(seats: readonly Seat[], root: string, sittingMs: number, report: (line: string) => void) {
  const clock = new SittingClock(sittingMs);
  const rounds = new Map(seats.map(seat => [seat, new Rounds()]));
  const round = async (seat: Seat, folder: string): Promise<void> => {
    const found = rounds.get(seat) as Rounds;
    await measureLoop(seat, folder, found);
    Object.assign(seat.row, found.figures());
  };
  const turns = {
    'round 1': round,
    'kill -9': measureKill,
    writers: measureWriters,
    list: measureList,
    'round 2': round,
  };
  for (const [what, measure] of Object.entries(turns)) {
    for (const seat of seats) {
      report(`${clock.told()} ${what}: ${seat.tool.name}`);
      await clock
        .timed(seat, () => measure(seat, newFolder(root)))
        .catch(error => {
          seat.row.failures.push(`${what}: ${describeError(error).slice(0, 200)}`);
        });
    }
  }
  report(`${clock.told()} done`);
}

/** What the sitting has taken so far, and each tool of it. */
class SittingClock {
  readonly #startMs = performance.now();
  readonly #sittingMs: number;
  readonly #spentMs = new Map<Seat, number>();

  constructor(sittingMs: number) {
    this.#sittingMs = sittingMs;
  }

  told(): string {
    return `${formatDuration(performance.now() - this.#startMs)} of at most ${formatDuration(this.#sittingMs)},`;
  }

  /** Throws if the tool or the sitting has no time left; else orders are stopped when it is over. */
  async timed(seat: Seat, measure: () => Promise<void>): Promise<void> {
    const beginMs = performance.now();
    const spentMs = this.#spentMs.get(seat) ?? 0;
    const deadlineMs = Math.min(beginMs + TOOL_MS - spentMs, this.#startMs + this.#sittingMs);
    if (deadlineMs <= beginMs) throw new Error('not begun: the time was over');
    seat.orders.deadlineMs = deadlineMs;
    await measure().finally(() => this.#spentMs.set(seat, spentMs + performance.now() - beginMs));
  }
}

function newFolder(root: string): string {
  const folder = join(mkdtempSync(join(root, 't-')), 'store');
  mkdirSync(folder);
  return folder;
}

class Rounds {
  readonly waits: { median: number; p99: number; worst: number }[] = [];
  readonly pointsPerSecond: number[] = [];
  bytesPerPoint: number | undefined;

  figures(): Partial<Row> {
    const { waits } = this;
    return {
      pointsPerSecond: Math.round(median(this.pointsPerSecond)),
      stepCostMicros: {
        median: round(median(waits.map(wait => wait.median))),
        p99: round(median(waits.map(wait => wait.p99))),
        worst: round(Math.max(...waits.map(wait => wait.worst))),
      },
      ...(this.bytesPerPoint !== undefined && { bytesPerPoint: round(this.bytesPerPoint) }),
    };
  }
}

async function measureLoop({ tool, orders }: Seat, folder: string, rounds: Rounds): Promise<void> {
  const [paced, rushed] = ['paced', 'rushed'].map(name => join(folder, name)) as [string, string];
  for (const one of [paced, rushed]) mkdirSync(one);
  const waits = await orders.pace(paced, SECONDS, PACE_SECONDS);
  const { points, seconds } = await orders.rush(rushed, SECONDS);
  rounds.waits.push(waits);
  rounds.pointsPerSecond.push(points / seconds);
  rounds.bytesPerPoint ??= await bytesPerPoint({ tool, orders }, folder, rushed, points);
}

/** Sizes do not hang on the machine's pace: once is enough. */
async function bytesPerPoint(
  { tool, orders }: Pick<Seat, 'tool' | 'orders'>,
  folder: string,
  rushed: string,
  points: number,
): Promise<number> {
  const least = join(folder, 'least');
  mkdirSync(least);
  await orders.write(least, 1);
  // What our Python wrote comes into the store when it is read.
  if (tool.readByOurs) for (const one of [least, rushed]) await orders.stepsIn(one);
  return (bytesIn(rushed) - bytesIn(least)) / (points - METRICS);
}

async function measureKill({ orders, row }: Seat, folder: string): Promise<void> {
  const steps = await orders.killed(folder, PACE_SECONDS, KILL_AFTER_MS);
  if (steps === 0) throw new Error('it acknowledged nothing');
  row.acknowledged = METRICS * steps;
  row.lostOnKill = METRICS * Math.max(0, steps - (await orders.stepsIn(folder)));
}

async function measureWriters({ orders, row }: Seat, folder: string): Promise<void> {
  await orders.write(folder, 1);
  const ends = await Promise.allSettled(Array.from({ length: WRITERS }, () => orders.write(folder, STEPS_OF_A_WRITER)));
  // What we stopped is no error of the tool.
  if (performance.now() >= orders.deadlineMs) throw new Error('eight writers were stopped: its time was over');
  row.writersErrors = ends.filter(end => end.status === 'rejected').length;
  row.writersWorstMs = round(Math.max(0, ...ends.map(end => (end.status === 'fulfilled' ? end.value.worst : 0))));
  const expected = WRITERS * STEPS_OF_A_WRITER + 1;
  row.writersLost = METRICS * Math.max(0, expected - (await orders.stepsIn(folder)));
}

async function measureList({ tool, orders, row }: Seat, folder: string): Promise<void> {
  const { runs, ms } = await orders.find(folder, RUNS, MAKING_SECONDS);
  row.listMs = ms === null ? null : round(ms);
  if (ms !== null) row.listRuns = runs;
  if (tool.writer !== undefined) return;
  const many = join(folder, 'many');
  mkdirSync(many);
  row.listMsOfMany = round((await orders.find(many, MANY_RUNS, MAKING_SECONDS)).ms as number);
}

const round = (value: number): number => Number(value.toPrecision(3));

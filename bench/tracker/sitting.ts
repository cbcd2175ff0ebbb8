/** What is measured of each tool. Each measurement goes round all tools, so that a machine that slows down slows all. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describeError } from '../../src/core/errors.ts';
import { median } from '../step-rate.ts';
import { bytesIn, type Orders } from './orders.ts';
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
const MAKING_SECONDS = 45;

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

/** Until `deadlineMs`, on the monotonic clock; what was not reached says so. */
export async function sit(seats: readonly Seat[], root: string, deadlineMs: number, report: (line: string) => void) {
  const turn = async (what: string, action: (seat: Seat, folder: string) => Promise<void>): Promise<void> => {
    for (const seat of seats) {
      const folder = join(mkdtempSync(join(root, 't-')), 'store');
      mkdirSync(folder);
      try {
        if (performance.now() > deadlineMs) throw new Error('the time was over');
        await action(seat, folder);
        report(`${what}: ${JSON.stringify(seat.row)}`);
      } catch (error) {
        seat.row.failures.push(`${what}: ${describeError(error).slice(0, 200)}`);
      }
    }
  };
  const rounds = new Map(seats.map(seat => [seat, new Rounds()]));
  const measureRound = (what: string) =>
    turn(what, async (seat, folder) => {
      const found = rounds.get(seat) as Rounds;
      await measureLoop(seat, folder, found);
      Object.assign(seat.row, found.figures());
    });
  await measureRound('round 1');
  await turn('kill -9', measureKill);
  await turn('list', measureList);
  await turn('eight writers', measureWriters);
  await measureRound('round 2');
}

class Rounds {
  readonly waits: { median: number; p99: number; worst: number }[] = [];
  readonly pointsPerSecond: number[] = [];
  bytesPerPoint: number | undefined;

  figures(): Partial<Row> {
    const [waits, middle] = [this.waits, (values: number[]) => median(values)];
    return {
      pointsPerSecond: Math.round(middle(this.pointsPerSecond)),
      stepCostMicros: {
        median: round(middle(waits.map(wait => wait.median))),
        p99: round(middle(waits.map(wait => wait.p99))),
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
  row.writersErrors = ends.filter(end => end.status === 'rejected').length;
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

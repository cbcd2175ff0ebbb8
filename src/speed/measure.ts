/** Times the benchmarks of a suite in this process. */
import { Bench } from 'tinybench';
import { describeError } from '../core/errors.ts';
import { control } from './control.ts';
import type { Suite, Timed } from './suite.ts';

export interface SuiteFigures {
  /** Mean over its turns: one that was disturbed shows. */
  controlMs: number;
  benchmarks: Record<string, BenchmarkFigures>;
  /** Benchmark → one line. */
  failures: Record<string, string>;
}

export interface BenchmarkFigures {
  /** Of one execution. */
  medianMs: number;
  /** Median distance from the median. */
  madMs: number;
  samples: number;
}

/** For each benchmark: at least so many executions and so long; the first ones are not counted. */
export interface SpeedBudget {
  samples: number;
  ms: number;
  warmUpSamples: number;
  warmUpMs: number;
}

export const BUDGET: SpeedBudget = { samples: 10, ms: 500, warmUpSamples: 3, warmUpMs: 100 };
/** Whether it can be measured at all. */
export const TRIAL: SpeedBudget = { samples: 1, ms: 0, warmUpSamples: 0, warmUpMs: 0 };

/** The control has its turn before each benchmark and after the last: it sees what the machine did all the while. */
export async function measureSuite(suite: Suite, names: readonly string[], budget: SpeedBudget): Promise<SuiteFigures> {
  const figures: SuiteFigures = { controlMs: Number.NaN, benchmarks: {}, failures: {} };
  const controls = [await timeControl(budget)];
  for (const name of names) {
    try {
      figures.benchmarks[name] = await timeOne(name, await prepared(suite, name), budget);
    } catch (error) {
      figures.failures[name] = describeError(error);
    }
    controls.push(await timeControl(budget));
  }
  return { ...figures, controlMs: controls.reduce((sum, ms) => sum + ms, 0) / controls.length };
}

function prepared({ name, benchmarks }: Suite, benchmark: string): Timed | Promise<Timed> {
  const prepare = benchmarks[benchmark];
  if (prepare === undefined) throw new Error(`suite ${name} has no benchmark ${benchmark}`);
  return prepare();
}

async function timeControl({ ms, ...budget }: SpeedBudget): Promise<number> {
  return (await timeOne('control', control, { ...budget, ms: ms / 5 })).medianMs;
}

async function timeOne(name: string, run: Timed, budget: SpeedBudget): Promise<BenchmarkFigures> {
  const { samples, ms, warmUpSamples, warmUpMs } = budget;
  const options = { iterations: samples, time: ms, warmupIterations: warmUpSamples, warmupTime: warmUpMs };
  const bench = new Bench({ ...options, warmup: warmUpSamples > 0, throws: true }).add(name, run);
  const [task] = await bench.run();
  if (task?.result.state !== 'completed') throw new Error(`${name} was not completed`);
  const { p50, mad, samplesCount } = task.result.latency;
  return { medianMs: p50, madMs: mad, samples: samplesCount };
}

/** Measures a suite in a process of its own. Asked and answered by messages. */
import { describeError } from '../core/errors.ts';
import { measureSuite, type SpeedBudget, type SuiteFigures } from './measure.ts';
import type { Suite } from './suite.ts';

export interface SuiteQuestion {
  /** Address of the suite's module: the code that it imports is what is measured. */
  url: string;
  /** All if absent. */
  benchmarks?: readonly string[];
  budget: SpeedBudget;
}

export type SuiteAnswer = SuiteFigures | { failure: string };

process.once('message', async ({ url, benchmarks, budget }: SuiteQuestion) => {
  try {
    const suite = ((await import(url)) as { default: Suite }).default;
    answer(await measureSuite(suite, benchmarks ?? Object.keys(suite.benchmarks), budget));
  } catch (error) {
    answer({ failure: describeError(error) });
  }
});

/** What a suite left open must not keep the process alive. */
function answer(figures: SuiteAnswer): void {
  process.send?.(figures, () => process.exit());
}

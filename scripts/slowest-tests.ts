/** A reporter for vitest: the tests that took longest, after all have ended. */
import type { Reporter, TestCase, TestModule } from 'vitest/node';

const LISTED = 10;

export default class SlowestTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const slowest = modules
      .flatMap(module => [...module.children.allTests()])
      .sort((a, b) => durationMs(b) - durationMs(a))
      .slice(0, LISTED);
    process.stdout.write(`Slowest tests:\n${slowest.map(line).join('')}`);
  }
}

const durationMs = (test: TestCase): number => test.diagnostic()?.duration ?? 0;

function line(test: TestCase): string {
  const seconds = (durationMs(test) / 1000).toFixed(1).padStart(7);
  return `${seconds} s  ${test.module.relativeModuleId}: ${test.fullName}\n`;
}

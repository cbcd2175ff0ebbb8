import type { CellConfig } from '../core/cell-config.ts';
import { fromWire, type JournalEvent } from '../core/journal.ts';
import { mean, median } from '../core/sums.ts';

/**
 * The figures by which a run is compared: `train.*` are means over the last `lastSteps` steps (a single batch is noisy),
 * `test.*` and `validation.*` stand at the last step, `imagesPerSecond` is that of this attempt's median step
 * (an attempt that only had to test takes none: the figure of the one before stays).
 */
export function finalFigures(
  events: Iterable<JournalEvent>,
  config: CellConfig,
  durationsMs: readonly number[],
): Record<string, number> {
  const byMetric = valuesByStep(events);
  const last = (name: string): number => byMetric.get(name)?.get(config.steps) ?? Number.NaN;
  const lastMean = (name: string): number => {
    const from = Math.max(1, config.steps - config.lastSteps + 1);
    const steps = Array.from({ length: config.steps - from + 1 }, (_, index) => from + index);
    return mean(steps.map(step => byMetric.get(name)?.get(step) ?? Number.NaN));
  };
  return {
    'train.loss': lastMean('train.loss'),
    'train.top1': lastMean('train.top1'),
    ...Object.fromEntries(evaluatedFigures(config).map(name => [name, last(name)])),
    ...(durationsMs.length > 0 && { imagesPerSecond: (1000 * config.batch) / median(durationsMs) }),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** Those of the last evaluation: of the test set, and of the images held out if there are any. */
function evaluatedFigures({ input }: CellConfig): string[] {
  const parts = input.validationShare > 0 ? ['test', 'validation'] : ['test'];
  return parts.flatMap(part => ['loss', 'top1', 'top5'].map(figure => `${part}.${figure}`));
}

/** Metric → step → value; where an attempt repeated steps of an earlier one, the later value (the bits are the same). */
function valuesByStep(events: Iterable<JournalEvent>): Map<string, Map<number, number>> {
  const byMetric = new Map<string, Map<number, number>>();
  for (const event of events) {
    if (event.type !== 'points') continue;
    for (const [name, value] of Object.entries(event.values)) {
      const values = byMetric.get(name) ?? new Map<number, number>();
      byMetric.set(name, values.set(event.step, fromWire(value)));
    }
  }
  return byMetric;
}

import { fromWire } from '../core/journal.ts';
import { journalEvents } from './journal-events.ts';

export type Comparison =
  | { same: true; steps: number; values: number }
  | { same: false; step: number; metric: string; first: number; second: number };

/**
 * Compares all values of two journals bit for bit, as far as the second one goes: it may be a repetition of the first
 * steps only. Values of repeated steps (an attempt that went on from a checkpoint) must agree as well.
 */
export function compareJournals(first: string, second: string): Comparison {
  const known = valuesOf(first);
  const steps = new Set<number>();
  let values = 0;
  for (const [key, value] of valuesOf(second)) {
    const [step, metric] = JSON.parse(key) as [number, string];
    const expected = known.get(key) ?? Number.NaN;
    if (!Object.is(expected, value)) return { same: false, step, metric, first: expected, second: value };
    steps.add(step);
    values++;
  }
  return { same: true, steps: steps.size, values };
}

/** [step, metric] as JSON → value, in the order of the journal. */
function valuesOf(path: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const event of journalEvents(path)) {
    if (event.type !== 'points') continue;
    for (const [metric, value] of Object.entries(event.values))
      values.set(JSON.stringify([event.step, metric]), fromWire(value));
  }
  return values;
}

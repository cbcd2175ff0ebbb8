/** Runs with every kind of number, to send through each format and back. */
import type { Json } from '../../src/core/ids.ts';
import { type JournalEvent, toWire } from '../../src/core/journal.ts';
import { trackedCell } from '../../src/core/tracked-cell.ts';
import { recordOf } from '../../src/exchange/run-record.ts';
import { storedPoints } from '../../src/exchange/stored-points.ts';
import { runIds } from '../../src/tracking/queries.ts';
import type { Store } from '../../src/tracking/store.ts';
import { attempt, end } from '../tracking/events.ts';

export const VALUES = [
  ...[0.1 + 0.2, 1 / 3, 5e-324, 1.7976931348623157e308, 2 ** 53 + 2, -1e-7, 123456789.12345678, 0],
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
];
const STARTED_AT = 1_700_000_000_000;

const CONFIG: Record<string, Json> = { optimiser: { rate: 0.1, 'odd name': 'a,"b"\nc' }, steps: 20 };

/** Two arms on two seeds; metrics at different steps, one of them at a step that needs 53 bits. */
export function madeUpRuns(values: readonly number[] = VALUES): Map<string, JournalEvent[]> {
  const ids = ['00000000000a', '00000000000b', '00000000000c', '00000000000d'];
  return new Map(ids.map((id, i) => [id, eventsOf(id, i, values)]));
}

function eventsOf(id: string, i: number, values: readonly number[]): JournalEvent[] {
  const arm = i < 2 ? 'plain, or "so"' : 'residual é';
  const tags = ['a', 'ü,x'];
  const about = { experiment: 'shortcuts', arm, seed: i % 2, name: `try ${i}`, tags, levels: { kind: arm } };
  const cell = trackedCell({ run: id, ...about, config: CONFIG });
  return [
    attempt(id, { time: STARTED_AT + i }),
    { type: 'cell', time: STARTED_AT + i, cell },
    { type: 'provenance', time: STARTED_AT + i, provenance: { code: { commit: 'c0ffee' } } },
    { type: 'artifact', time: STARTED_AT + i, name: 'plot', path: 'plot.svg', sha256: 'a'.repeat(64), bytes: 12 },
    ...values.map((value, step) => pointAt(step, { 'train.loss': value, 'test/top 1': value * 2 })),
    pointAt(Number.MAX_SAFE_INTEGER, { late: 1 }),
    { type: 'metric', time: STARTED_AT + 900, name: 'train.loss', value: toWire(values.at(-1) ?? 0) },
    { type: 'metric', time: STARTED_AT + 900, name: 'best', value: 0.1 },
    end(i === 3 ? 'failed' : 'finished', { time: STARTED_AT + 1000, ...(i === 3 && { reason: 'out of luck' }) }),
  ];
}

const pointAt = (step: number, values: Record<string, number>) => ({
  type: 'points' as const,
  time: STARTED_AT + 10 + (step % 100),
  step,
  values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toWire(value)])),
});

/** All that an export says of a store, in the order of ids, but for how its runs came about. */
export const contentOf = (store: Store) =>
  runIds(store, {})
    .toSorted()
    .map(id => {
      const { history: _, ...record } = recordOf(store, id);
      return { ...record, points: [...storedPoints(store, id)].flat() };
    });

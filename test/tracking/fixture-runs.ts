/** Runs for the stores of released schemas: the same in all of them, and nothing of the machine that wrote them. */
import type { Json } from '../../src/core/ids.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import { attempt, end, point } from './events.ts';

const who = { pid: 4242, processStart: 'boot 1', host: 'somewhere' };
const provenance = (commit: string): JournalEvent => ({
  type: 'provenance',
  time: 1_000_002,
  provenance: { code: { commit, dirty: false }, machine: { cpu: 'a processor' } } as unknown as Json,
});

/** As the first version wrote it; what later ones add is theirs. */
const cellEvent = (arm: string, seed: number): JournalEvent => ({
  type: 'cell',
  time: 1_000_001,
  cell: {
    experiment: 'degradation-34',
    tier: 'quick',
    arm,
    levels: { net: 'plain', depth: '34' },
    seed,
    config: { net: 'resnet-34', options: { widths: [16, 32] }, dataset: 'cifar-10', steps: 10, batch: 128 },
    execution: { threads: 1, device: 'cpu' },
    specHash: 'spec-1',
    codeHash: 'code-1',
    dataHash: 'data-1',
    identity: `identity ${seed}`,
  },
});

/** Id → journal: a resumed run with odd values, one that failed, one that never said how it ended. */
export const FIXTURE_RUNS: Record<string, JournalEvent[]> = {
  a00000000001: [
    attempt('a00000000001', who),
    cellEvent('plain-34', 1),
    provenance('c0ffee'),
    ...[1, 2, 3].map(step => point(step)),
    point(4, 'NaN'),
    point(5, 'Infinity'),
    end('killed', { step: 5, reason: 'stopped by SIGTERM' }),
    attempt('a00000000001', { ...who, attempt: 2, fromStep: 4, time: 2_000_000 }),
    provenance('c0ffee'),
    ...Array.from({ length: 700 }, (_, i) => point(5 + i, 1 / (5 + i))),
    { type: 'metric', time: 2_001_000, name: 'test.top1', value: 0.125 },
    { type: 'metric', time: 2_001_000, name: 'test.loss', value: '-Infinity' },
    { type: 'artifact', time: 2_001_001, name: 'plot', path: 'plot.svg', sha256: 'a'.repeat(64), bytes: 12 },
    end('finished', { time: 2_002_000, step: 704 }),
  ],
  a00000000002: [
    attempt('a00000000002', who),
    cellEvent("O'Brien \u202e<script>", 2),
    point(1, 'NaN'),
    end('failed', { reason: 'diverged:\nthe loss is "NaN"' }),
  ],
  a00000000003: [attempt('a00000000003', who), cellEvent('plain-34', 3), provenance('decade'), point(1)],
};

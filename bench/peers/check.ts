/** Before anything is timed: do all peers compute the same net? Equal weights and images must give equal losses. */
import { fileURLToPath } from 'node:url';
import type { PeerFiles } from './describe.ts';
import type { Engine } from './engines.ts';
import type { PeerNet } from './nets.ts';
import { runForJson } from './process.ts';

/** Steps before the last loss. */
const STEPS = 3;
const FIRST_TOLERANCE = 1e-4;
const LAST_TOLERANCE = 1e-3;

export interface CheckRow {
  net: string;
  engine: string;
  variant: string;
  /** Relative to ours. */
  firstDifference?: number;
  lastDifference?: number;
  /** Why it is not the same net, or could not be run. */
  failure?: string;
}

interface Losses {
  losses: number[];
}

/** One row for each variant of each engine that can be checked. */
export async function checkNet(
  net: PeerNet,
  files: PeerFiles,
  engines: readonly Engine[],
  python: string,
): Promise<CheckRow[]> {
  const ours = await ourLosses(net);
  const rows: CheckRow[] = [];
  for (const engine of engines) {
    if (!engine.losses) continue;
    for (const variant of engine.variants) {
      const command = engine.losses({ net, files, variant, threads: 2, python }, STEPS + 1);
      const outcome = await runForJson<Losses>(command, { seconds: 0 });
      const about = { net: net.label, engine: engine.name, variant };
      rows.push({ ...about, ...('value' in outcome ? compare(ours, outcome.value.losses) : outcome) });
    }
  }
  return rows;
}

async function ourLosses({ label }: PeerNet): Promise<number[]> {
  const program = fileURLToPath(new URL('./our-losses.js', import.meta.url));
  const outcome = await runForJson<Losses>([process.execPath, program, label, `${STEPS + 1}`], { seconds: 0 });
  if ('failure' in outcome) throw new Error(`${label}: our own losses: ${outcome.failure}`);
  const { losses } = outcome.value;
  if (!losses.every(Number.isFinite)) throw new Error(`${label}: our own losses are not finite: ${losses.join(', ')}`);
  return losses;
}

function compare(ours: readonly number[], theirs: readonly number[]): Partial<CheckRow> {
  const differences = ours.map((loss, step) => Math.abs((theirs[step] ?? Number.NaN) - loss) / Math.abs(loss));
  const [firstDifference = Number.NaN, lastDifference = Number.NaN] = [differences[0], differences.at(-1)];
  // A NaN is not within, either.
  const same = firstDifference <= FIRST_TOLERANCE && lastDifference <= LAST_TOLERANCE;
  const failure = `another net: losses differ by ${firstDifference.toExponential(1)} at first, ${lastDifference.toExponential(1)} after ${STEPS} steps`;
  return { firstDifference, lastDifference, ...(!same && { failure }) };
}

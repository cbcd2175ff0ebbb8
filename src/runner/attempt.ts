/** How an attempt at a cell begins: it says who makes it, and finds code and data as they were planned. */
import { join } from 'node:path';
import { refusal, type UserError } from '../core/errors.ts';
import type { Json } from '../core/ids.ts';
import { runFiles } from '../core/places.ts';
import { thisProcess } from '../core/process.ts';
import { backendOf, type TensorFlow } from '../engine/backend.ts';
import type { Checkpoint } from '../engine/checkpoint.ts';
import type { CellData } from './cell-data.ts';
import { lastGoodCheckpoint } from './checkpoints.ts';
import { codeHash } from './code-hash.ts';
import type { Heartbeat } from './heartbeat.ts';
import { journalEvents } from './journal-events.ts';
import type { JournalWriter } from './journal-writer.ts';
import { workerProvenance } from './provenance.ts';
import type { RunSpec } from './run-folder.ts';
import type { StopRequest } from './stop-request.ts';

export interface Attempt {
  folder: string;
  spec: RunSpec;
  journal: JournalWriter;
  heartbeat: Heartbeat;
  stop: StopRequest;
  /** Called with the number of steps done. */
  onStep(step: number): void;
}

/** Whatever goes wrong from here on, the journal says whose attempt it was. */
export function announceFromCheckpoint(attempt: Attempt): Checkpoint | undefined {
  let checkpoint: Checkpoint | undefined;
  try {
    checkpoint = latestCheckpoint(attempt);
    return checkpoint;
  } finally {
    announce(attempt, checkpoint?.step ?? 0);
  }
}

/** The identity says by which code a run was made: true only if nobody has changed the code since it was planned. */
export async function requireSameCode({ cell }: RunSpec): Promise<void> {
  if ((await codeHash(cell.config)) === cell.codeHash) return;
  throw changed('code');
}

/** Files of a folder may have changed since. */
export function requireSameData({ cell }: RunSpec, { dataset }: CellData): void {
  if (dataset.fingerprint === cell.dataHash) return;
  throw changed('dataset');
}

const changed = (what: string): UserError =>
  refusal(`the ${what} has changed since this run was planned. Start the experiment again.`);

function latestCheckpoint({ folder, spec }: Attempt): Checkpoint | undefined {
  return lastGoodCheckpoint(folder, spec.cell.identity, line => process.stderr.write(`${line}\n`));
}

function announce({ folder, spec, journal, onStep }: Attempt, fromStep: number): void {
  const earlier = [...journalEvents(join(folder, runFiles.journal))].filter(event => event.type === 'attempt').length;
  journal.append({
    type: 'attempt',
    time: Date.now(),
    run: spec.run,
    attempt: earlier + 1,
    ...thisProcess(),
    fromStep,
  });
  journal.append({ type: 'cell', time: Date.now(), cell: spec.cell as unknown as Json });
  onStep(fromStep);
}

export function describeMachine({ spec, journal }: Attempt, tf: TensorFlow): void {
  const provenance = workerProvenance(spec, backendOf(tf).binding);
  journal.append({ type: 'provenance', time: Date.now(), provenance: provenance as unknown as Json });
}

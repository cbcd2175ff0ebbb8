/** `bench verify`: the run again, in a folder of its own, and the two journals side by side. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, UserError } from '../../core/errors.ts';
import { machineType } from '../../core/machine-type.ts';
import { benchDir, runDir, runFiles, runsDir, storePath } from '../../core/places.ts';
import { plainText } from '../../core/plain-text.ts';
import type { Provenance } from '../../core/results.ts';
import { codeHash } from '../../runner/code-hash.ts';
import { type Comparison, compareJournals } from '../../runner/compare-journals.ts';
import { journalEvents } from '../../runner/journal-events.ts';
import { LocalExecutor } from '../../runner/local-executor.ts';
import { createRun, readRunSpec } from '../../runner/run-folder.ts';
import { Recorder } from '../../tracking/recorder.ts';
import { openStore } from '../../tracking/store.ts';
import { printJson } from '../output/json.ts';
import { tell } from '../output/tell.ts';
import { findOwnRun } from './own-run.ts';

export async function verifyRun(prefix: string, options: { steps?: number; json?: boolean }): Promise<number> {
  const folder = runDir(resolveRun(prefix));
  const { run, ...spec } = readRunSpec(folder);
  const cell = { ...spec.cell, codeHash: await codeHash(spec.cell.config) };
  if (cell.codeHash !== spec.cell.codeHash) tell('The run was made by other code than this.');
  const repetition = createRun(
    { ...spec, cell, ...(options.steps && { stopAfter: options.steps }) },
    join(benchDir(), 'verify'),
  );
  try {
    const { arm, seed, experiment } = spec.cell;
    tell(`Repeating ${arm} seed ${seed} of ${experiment}.`);
    await repeat(repetition.folder, repetition.run, spec.cell.execution.threads);
    requireSameMachine(folder, repetition.folder);
    return report(
      run,
      compareJournals(join(folder, runFiles.journal), join(repetition.folder, runFiles.journal)),
      options.json,
    );
  } finally {
    rmSync(repetition.folder, { recursive: true, force: true });
  }
}

function resolveRun(prefix: string): string {
  const store = openStore(storePath());
  try {
    new Recorder(store, runsDir()).ingestAll();
    return findOwnRun(store, prefix, 'spec by which it could be run again').id;
  } finally {
    store.close();
  }
}

async function repeat(folder: string, run: string, threads: number): Promise<void> {
  const executor = new LocalExecutor(1);
  await executor.submit([{ run, folder, threads }]);
  while (executor.poll().get(run)?.phase !== 'ended') await executor.settle(1000);
  const end = [...journalEvents(join(folder, runFiles.journal))].findLast(event => event.type === 'end');
  if (end?.state === 'finished' || end?.reason?.startsWith('diverged')) return;
  throw new UserError(`the repetition did not finish: ${end?.reason ?? 'its process is gone without a word'}.`, {
    exitCode: EXIT.noData,
  });
}

/** Other processors choose other kernels: their bits may differ, and that proves nothing. */
function requireSameMachine(first: string, second: string): void {
  const [recorded, here] = [machineOf(first), machineOf(second)];
  if (recorded === here) return;
  throw new UserError(
    `not comparable: the run was made on ${recorded}, this machine is ${here}. Verify it where it ran.`,
    { exitCode: EXIT.noData },
  );
}

function machineOf(folder: string): string {
  const event = [...journalEvents(join(folder, runFiles.journal))].findLast(one => one.type === 'provenance');
  return machineType((event?.provenance as { machine?: Partial<Provenance['machine']> })?.machine);
}

function report(run: string, comparison: Comparison, json = false): number {
  if (json) printJson({ run, ...comparison });
  else process.stdout.write(`${plainText(`${run}: ${sentence(comparison)}`)}\n`);
  return comparison.same ? EXIT.ok : EXIT.failed;
}

function sentence(comparison: Comparison): string {
  if (comparison.same) return `identical: ${comparison.values} values of ${comparison.steps} steps, bit for bit.`;
  const { step, metric, first, second } = comparison;
  return `different: ${metric} at step ${step} was ${first}, and is ${second} now.`;
}

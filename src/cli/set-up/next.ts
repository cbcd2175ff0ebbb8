/** `bench` alone: what to do next, from the state of the folder. */
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { EXIT, type ExitCode } from '../../core/errors.ts';
import { benchDir } from '../../core/places.ts';
import { TRACKED_TIER } from '../../core/tracked-cell.ts';
import { hasTensorFlow } from '../../engine/provision/index.ts';
import { reportPath } from '../../report/output.ts';
import { readRecord } from '../../report/records/record-file.ts';
import { isExperimentLocked } from '../../runner/experiment-lock.ts';
import { experimentFiles, ownExperiments } from '../../runner/experiments.ts';
import { lastVerdicts, latestRuns, listRuns, provenanceOf } from '../../tracking/queries.ts';
import { openRecordedStore } from '../../tracking/recorded-store.ts';
import type { Store } from '../../tracking/store.ts';
import { printJson } from '../output/json.ts';
import { type Advice, adviceFor, type FolderState, type NewestExperiment } from './next-steps.ts';

export function nextCommand({ json }: { json?: boolean }): ExitCode {
  const advice = adviceFor(folderState());
  if (json) printJson(advice);
  else process.stdout.write(textOf(advice));
  return EXIT.ok;
}

function textOf({ about, steps }: Advice): string {
  const width = Math.max(...steps.map(({ command }) => command.length));
  const lines = steps.map(({ command, why }) => `  ${command.padEnd(width)}  ${why}`);
  return [about, '', ...lines, '', '`npx bench --help` lists all commands.', ''].join('\n');
}

function folderState(): FolderState {
  const isSetUp = hasTensorFlow();
  const store = isSetUp ? openRecordedStore() : null;
  try {
    return { isSetUp, experiments: ownExperiments(), newest: store && newestExperiment(store) };
  } finally {
    store?.close();
  }
}

/** That of the run that was started last. */
function newestExperiment(store: Store): NewestExperiment | null {
  const [newest] = listRuns(store, { limit: 1 });
  if (newest === undefined) return null;
  const { experiment: id, tier, specHash } = newest;
  const report = reportPath(id);
  return {
    id,
    tier,
    isTracked: tier === TRACKED_TIER,
    isKnown: experimentFiles().has(id),
    command: provenanceOf(store, [newest.id]).get(newest.id)?.command || `npx bench run ${id} --tier ${tier}`,
    isHeld: isExperimentLocked(benchDir(), id),
    states: latestRuns(store, id, tier, specHash).map(({ state }) => state),
    verdict: lastVerdicts(store, { experiment: id, tier, specHash })[0] ?? null,
    report: existsSync(report) ? relative('.', report) : null,
    isRecorded: readRecord(id) !== null,
  };
}

/** Wall clocks that jump: of the writer, and of whoever lists. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Examined, Ground, type Running, stateFault } from './ground.ts';
import type { FaultResult } from './kinds.ts';
import { clockFault, setClock } from './shim.ts';
import type { Trial } from './trial.ts';

const HOUR_S = 3600;
const YEAR_S = 8766 * HOUR_S;
const JUMPS_S = [HOUR_S, -HOUR_S, YEAR_S, -YEAR_S, 0];

/** While it lives it is running, once it is gone it has crashed, whatever anybody's clock says. */
export async function wrongClocks(moments: number): Promise<FaultResult> {
  const ground = new Ground();
  try {
    const trials: Trial[] = [];
    for (let i = 0; i < moments; i++) trials.push(...(await jumpAbout(ground)));
    return { trials, runs: ground.runCount };
  } finally {
    ground.remove();
  }
}

async function jumpAbout(ground: Ground): Promise<Trial[]> {
  const run = ground.newRun();
  const file = join(ground.dir, `clock-${run}`);
  writeFileSync(file, Buffer.alloc(8));
  const writer = ground.start('writer', [ground.folderOf(run)], { ...clockFault(file), PACE_MS: '2' });
  await writer.says('writes');
  const trials: Trial[] = [];
  for (const seconds of JUMPS_S) {
    setClock(file, seconds);
    await sleep(30);
    const ours = ground.examine([run]);
    const theirs = await listed(ground, file);
    const falseStates = [...stateFault(ours.found, run, 'running'), ...stateIn(theirs.states, run, 'running')];
    if (Math.abs(theirs.now - Date.now() - seconds * 1000) > 60_000) falseStates.push('the clock did not jump');
    trials.push(trialOf(writer, `its clock jumps to ${seconds} s off`, ours, falseStates));
  }
  setClock(file, -YEAR_S);
  await writer.kill();
  const after = ground.examine([run]);
  const theirs = await listed(ground, file);
  const falseStates = [...stateFault(after.found, run, 'crashed'), ...stateIn(theirs.states, run, 'crashed')];
  trials.push(trialOf(writer, 'killed while the clock is a year back', after, falseStates));
  // The run's points are counted in the last line.
  return trials.map((trial, i) => (i === trials.length - 1 ? trial : { ...trial, acknowledged: 0, found: 0 }));
}

const trialOf = (writer: Running, moment: string, { figures }: Examined, falseStates: string[]): Trial => ({
  kind: 'the wall clock jumps',
  pid: writer.pid,
  moment,
  ...figures,
  falseStates,
});

async function listed(ground: Ground, clock: string): Promise<{ now: number; states: Record<string, string> }> {
  const lister = ground.start('lister', [ground.dir], clockFault(clock));
  const { code } = await lister.ended;
  if (code !== 0) throw new Error(`lister: ${lister.stderr}`);
  return JSON.parse(lister.stdout.split('\n')[1] as string);
}

const stateIn = (states: Record<string, string>, run: string, expected: string): string[] =>
  states[run] === expected ? [] : [`run ${run}: a lister under that clock says ${states[run]}, expected ${expected}`];

/** Disks that are full, faulty or read-only: below the journals, and below the store. */
import { chmodSync, chownSync, existsSync } from 'node:fs';
import { Ground, type Running, stateFault } from './ground.ts';
import type { FaultResult } from './kinds.ts';
import { type DiskFault, diskFault } from './shim.ts';
import type { Trial } from './trial.ts';

const NOBODY = 65_534;
const REFUSED = 4;
const RESUMED_STEPS = 300;
const ONE_LINE = /^[^\n]+\n$/;

type Where = Pick<DiskFault, 'errno' | 'calls'>;
const WAYS: Where[] = [
  { errno: 'ENOSPC', calls: 'write' },
  { errno: 'EIO', calls: 'write' },
  { errno: 'EIO', calls: 'sync' },
  { errno: 'ENOSPC' },
];

/** Below the journal in one trial, below the store in the next. */
export async function fullDisks(moments: number): Promise<FaultResult> {
  const ground = new Ground();
  try {
    const trials: Trial[] = [];
    for (let i = 0; i < moments; i++) {
      const way = WAYS[(i >> 1) % WAYS.length] as Where;
      trials.push(await (i % 2 === 0 ? underWriter(ground, way) : underRecorder(ground, way)));
    }
    return { trials, runs: ground.runCount };
  } finally {
    ground.remove();
  }
}

/** One line, a journal that is whole, and a second attempt that goes on to its end. */
async function underWriter(ground: Ground, way: Where): Promise<Trial> {
  const run = ground.newRun();
  const folder = ground.folderOf(run);
  // A sync is due once a second and at the end.
  const isSync = way.calls === 'sync';
  const after = isSync ? 0 : 3 + Math.floor(Math.random() * 2000);
  const env = { ...diskFault({ under: folder, after, ...way }), ...(isSync && { STEPS: '5000' }) };
  const writer = ground.start('writer', [folder], env);
  const falseStates = await refusedInOneLine(writer);
  const first = ground.examine([run]);
  falseStates.push(...first.found.problems);
  if (!isSync) falseStates.push(...stateFault(first.found, run, 'crashed'));
  const steps = ground.acknowledged(run) + RESUMED_STEPS;
  const second = ground.start('writer', [folder], { STEPS: String(steps) });
  await second.ended;
  const { found, figures } = ground.examine([run]);
  falseStates.push(...stateFault(found, run, 'finished'));
  return {
    kind: `${way.errno} ${way.calls ?? 'of any call'} below a journal`,
    pid: writer.pid,
    moment: `after ${after} calls`,
    ...figures,
    lost: figures.lost + first.figures.lost,
    falseStates,
  };
}

/** One line, a store that is whole, and a next recorder that completes it. */
async function underRecorder(ground: Ground, way: Where): Promise<Trial> {
  const run = ground.newRun();
  const writer = ground.start('writer', [ground.folderOf(run)], { STEPS: '4000' });
  await writer.ended;
  const after = Math.floor(Math.random() * (way.calls === 'sync' ? 2 : 60));
  const recorder = ground.start('recorder', [ground.dir], diskFault({ under: ground.storePath, after, ...way }));
  const ended = refusedInOneLine(recorder);
  await Promise.race([recorder.says('follows').catch(() => {}), ended]);
  recorder.process.stdin?.end();
  const falseStates = await ended;
  const { found, figures } = ground.examine([run]);
  return {
    kind: `${way.errno} ${way.calls ?? 'of any call'} below the store`,
    pid: recorder.pid,
    moment: `after ${after} calls`,
    ...figures,
    falseStates: [...falseStates, ...stateFault(found, run, 'finished')],
    ...(recorder.process.exitCode === 0 && { note: 'it was through before the disk refused' }),
  };
}

/** A process that the disk let through ends well; any other says one line. */
async function refusedInOneLine(running: Running): Promise<string[]> {
  const { code } = await running.ended;
  if (code === 0 || (code === REFUSED && ONE_LINE.test(running.stderr))) return [];
  return [`expected one line and exit code ${REFUSED}, got ${code}: ${running.stderr.slice(0, 500)}`];
}

/** A run's folder and a store's folder that may not be written. The superuser may write anywhere, so somebody else tries. */
export async function readOnlyFolders(): Promise<FaultResult> {
  const ground = new Ground();
  try {
    const uid = process.getuid?.() === 0 ? NOBODY : undefined;
    const run = ground.newRun();
    chmodSync(ground.dir, 0o755);
    chmodSync(ground.folderOf(run), 0o555);
    const pipe = `${ground.dir}/pipes/${run}`;
    if (uid !== undefined) chownSync(pipe, uid, uid);
    const writer = ground.start('writer', [ground.folderOf(run)], {}, uid);
    const falseStates = await mustBeRefused(writer, /could not open the journal .*EACCES/);
    const lister = ground.start('lister', [ground.dir], {}, uid);
    chmodSync(ground.dir, 0o555);
    falseStates.push(...(await mustBeRefused(lister, /^store .*must be writable/)));
    if (existsSync(ground.storePath)) falseStates.push('a store was made in a folder that may not be written');
    chmodSync(ground.dir, 0o755);
    const { found, figures } = ground.examine([run]);
    falseStates.push(...stateFault(found, run, 'pending'));
    const common = { kind: 'read-only folder', pid: writer.pid, moment: 'from the beginning' };
    return { trials: [{ ...common, ...figures, falseStates }], runs: 1 };
  } finally {
    ground.remove();
  }
}

async function mustBeRefused(running: Running, line: RegExp): Promise<string[]> {
  const { code } = await running.ended;
  if (code === REFUSED && ONE_LINE.test(running.stderr) && line.test(running.stderr)) return [];
  return [`expected one line ${line}, got exit code ${code}: ${running.stderr.slice(0, 500)}`];
}

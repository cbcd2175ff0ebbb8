/** `bench reproduce`: the code of a run in a worktree, its packages by its lockfile, and `bench verify` there. */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { EXIT, refusal } from '../../core/errors.ts';
import { benchDir, packageRoot, runDir, runsDir } from '../../core/places.ts';
import type { Provenance } from '../../core/results.ts';
import { safeName } from '../../core/safe-path.ts';
import { lockfileHash } from '../../runner/checkout.ts';
import { describeProcessor, relevantVariables } from '../../runner/provenance.ts';
import { readRunSpec } from '../../runner/run-folder.ts';
import { checkOutSource, type SourceState } from '../../runner/source-tree.ts';
import { removeWorktree } from '../../runner/worktree.ts';
import { buildWorktree, MAIN } from '../../runner/worktree-build.ts';
import { patchOf, provenanceOf } from '../../tracking/queries.ts';
import { openRecordedStore } from '../../tracking/recorded-store.ts';
import { tell } from '../output/tell.ts';
import { Interrupts } from '../run/interrupts.ts';
import { findOwnRun } from './own-run.ts';

interface ReproduceOptions {
  into?: string;
  /** Commander's word for --no-install. */
  install?: boolean;
  steps?: number;
  json?: boolean;
}

/** What the worker sets itself where nobody did. */
const OURS = /^(BENCH_.*|OMP_NUM_THREADS|TF_NUM_.*|TF_CPP_MIN_LOG_LEVEL|TF_ENABLE_ONEDNN_OPTS|CUDA_VISIBLE_DEVICES)$/;

/** Returns the exit code of `bench verify` there. `root` is the checkout whose repository has the commit. */
export async function reproduceRun(prefix: string, options: ReproduceOptions, root = packageRoot): Promise<number> {
  const { provenance, ...source } = sourceOf(prefix);
  requireSameProcessor(source.run, provenance);
  const folder = resolve(options.into ?? join(benchDir(), 'reproduce', safeName('run', source.run)));
  if (options.into === undefined) removeWorktree(root, folder); // what a killed one left
  const interrupts = new Interrupts(tell);
  try {
    tell(`Checking out the code of run ${source.run} into ${folder}.`);
    checkOutSource(root, folder, source);
    tellDifferences(source, provenance);
    requireSameLockfile(folder, source);
    const packages = options.install === false ? 'link' : 'install';
    await buildWorktree(root, folder, { packages, say: tell, stop: interrupts.stop });
    return await verify(folder, source.run, options, interrupts.stop);
  } finally {
    interrupts.release();
    if (options.into === undefined) removeWorktree(root, folder);
  }
}

function sourceOf(prefix: string): SourceState & { provenance: Provenance } {
  const store = openRecordedStore();
  if (store === null) throw refusal(`there are no runs here, so none is "${prefix}".`);
  try {
    const { id: run } = findOwnRun(store, prefix, 'spec by which it could be run again');
    const provenance = provenanceOf(store, [run]).get(run);
    if (provenance?.code === undefined) throw refusal(`run ${run} states no code: it cannot be checked out.`);
    return { run, code: provenance.code, patch: patchOf(store, run), provenance };
  } finally {
    store.close();
  }
}

/** `verify` would say so too, but only after installing and training. */
function requireSameProcessor(run: string, { machine }: Provenance): void {
  const [recorded, here] = [describeProcessor(machine), describeProcessor()];
  if (recorded !== here)
    throw refusal(
      `not comparable: run ${run} was made on ${recorded}, this machine is ${here}. Reproduce it where it ran.`,
    );
}

/** None of them is a reason to stop; any of them may be the reason for what comes out. */
function tellDifferences({ code }: SourceState, { execution }: Provenance): void {
  for (const file of code.patch?.leftOut ?? []) tell(`Not in the recorded patch: ${file}.`);
  const redacted = code.patch?.redacted ?? 0;
  if (redacted > 0) tell(`In the recorded patch ${redacted} places that looked like secrets were overwritten.`);
  const [then, now] = [execution?.variables ?? {}, relevantVariables(process.env)];
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])].filter(name => then[name] !== now[name]);
  const others = names.filter(name => !OURS.test(name) || (now[name] !== undefined && !name.startsWith('BENCH_')));
  if (others.length > 0) tell(`Variables that are not as they were: ${others.join(', ')}.`);
  if (execution?.node !== undefined && execution.node !== process.version)
    tell(`The run was made by Node ${execution.node}; this is ${process.version}.`);
}

function requireSameLockfile(folder: string, { run, code }: SourceState): void {
  if (code.lockfileHash !== null && lockfileHash(folder) !== code.lockfileHash)
    throw refusal(`the lockfile of run ${run} is not that of its commit and patch: its packages cannot be told.`);
}

/** With a store of its own, made from the run's journal: the code there may know an older schema than ours. */
async function verify(folder: string, run: string, options: ReproduceOptions, stop: AbortSignal): Promise<number> {
  const bench = join(folder, '.bench');
  copyRun(run, bench);
  const args = [
    'verify',
    run,
    ...(options.steps ? ['--steps', `${options.steps}`] : []),
    ...(options.json ? ['--json'] : []),
  ];
  const { exitCode } = await execa(process.execPath, [join(folder, MAIN), ...args], {
    env: { BENCH_DIR: bench },
    stdio: 'inherit',
    reject: false,
    cancelSignal: stop,
  });
  return stop.aborted ? EXIT.interrupted : (exitCode ?? EXIT.noData);
}

/** And the run that it started from, if it did. */
function copyRun(run: string, bench: string): void {
  const from = runDir(run);
  if (!existsSync(from)) throw refusal(`the folder of run ${run} is gone (${from}): there is nothing to compare with.`);
  const { startRun } = readRunSpec(from);
  mkdirSync(runsDir(bench), { recursive: true, mode: 0o700 });
  for (const one of [run, ...(startRun ? [startRun] : [])])
    cpSync(runDir(one), runDir(one, bench), { recursive: true });
}

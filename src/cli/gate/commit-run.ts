/** Runs an experiment with the code of a commit, by the commit's own commands, and saves its figures as a baseline. */
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { EXIT, UserError } from '../../core/errors.ts';
import { packageRoot, runsDir } from '../../core/places.ts';
import { lastError } from '../../engine/provision/last-error.ts';
import { judgedCheckout } from '../../runner/judged-checkout.ts';
import { buildProject } from '../../runner/project-build.ts';
import { withCommit, withWorktree } from '../../runner/worktree.ts';
import { MAIN, type Progress } from '../../runner/worktree-build.ts';
import type { CommitQuestion } from './commit-figures.ts';

interface Measurement {
  question: CommitQuestion;
  seeds: number;
  /** Folder of the spec, with the parts that it imports. */
  specs: string;
  /** A folder that is kept: `baselines/NAME.json` in it is the result. */
  place: string;
  name: string;
  progress: Progress;
}

export async function runCommit(commit: string, asked: Measurement): Promise<void> {
  const { place, progress } = asked;
  const root = judgedCheckout();
  if (root === packageRoot) {
    return withCommit(root, commit, { packages: 'either', ...progress }, folder =>
      runAndSave({ main: join(folder, MAIN), cwd: place }, asked),
    );
  }
  return withWorktree(root, commit, progress, async folder => {
    const main = await buildProject(root, folder, progress);
    rmSync(join(folder, 'baselines'), { recursive: true, force: true });
    await runAndSave({ main, cwd: folder }, asked);
    cpSync(join(folder, 'baselines'), join(place, 'baselines'), { recursive: true });
  });
}

/** A command line, and the project in which it runs. */
interface Ground {
  main: string;
  cwd: string;
}

/**
 * The question is the present one, so that it is the same for all commits. Run folders are shared, and cells that ran
 * already, with the same code, are not run again; the store is the commit's own, whose schema may be another.
 */
async function runAndSave(ground: Ground, { question, seeds, specs, place, name, progress }: Measurement) {
  const store = join(place, 'store');
  rmSync(store, { recursive: true, force: true });
  mkdirSync(store, { recursive: true, mode: 0o700 });
  mkdirSync(runsDir(), { recursive: true, mode: 0o700 });
  symlinkSync(runsDir(), runsDir(store), 'dir');
  cpSync(specs, join(ground.cwd, 'experiments'), { recursive: true });
  const { experiment, tier, settings } = question;
  const cells = ['--tier', tier, '--seeds', `${seeds}`, ...settings.flatMap(setting => ['--set', setting])];
  try {
    await bench(ground, store, progress, ['run', experiment, ...cells]);
    // By force: the present spec lies over the commit's.
    await bench(ground, store, progress, ['baseline', 'save', name, '--experiment', experiment, '--force', ...cells]);
  } finally {
    rmSync(store, { recursive: true, force: true });
  }
}

async function bench({ main, cwd }: Ground, store: string, { stop }: Progress, args: readonly string[]): Promise<void> {
  try {
    await execa(process.execPath, [main, ...args], {
      cwd,
      env: { BENCH_DIR: store },
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: ['pipe', 'inherit'],
      cancelSignal: stop,
    });
  } catch (cause) {
    if (stop.aborted) throw new UserError('stopped.', { exitCode: EXIT.interrupted });
    const why = lastError(cause, /^bench: /).replace(/^bench: /, '');
    throw new UserError(`bench ${args.slice(0, 2).join(' ')}: ${why}.`, { exitCode: EXIT.noData, cause });
  }
}

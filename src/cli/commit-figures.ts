/**
 * What an experiment of the present checkout gives with the code of another commit. What was measured is kept, so that
 * whoever was interrupted goes on from there.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { execa } from 'execa';
import { EXIT, UserError } from '../core/errors.ts';
import type { TierName } from '../core/experiment.ts';
import { hashOf, sha256 } from '../core/ids.ts';
import { benchDir, packageRoot, runsDir } from '../core/places.ts';
import { pick } from '../core/registry.ts';
import { lastError } from '../engine/provision/last-error.ts';
import { type Baseline, parseBaseline } from '../gate/index.ts';
import { experimentFiles } from '../runner/experiments.ts';
import { withCommit } from '../runner/worktree.ts';
import { type BuildOptions, MAIN } from '../runner/worktree-build.ts';

export interface CommitQuestion {
  experiment: string;
  tier: TierName;
  settings: readonly string[];
}

type Progress = Pick<BuildOptions, 'say' | 'stop'>;

/** `commit` is a full hash. Throws one line where the commit cannot be built, run, or has not finished every cell. */
export async function commitFigures(
  question: CommitQuestion,
  commit: string,
  seeds: number,
  progress: Progress,
): Promise<Baseline> {
  const specs = dirname(pick('experiment', question.experiment, experimentFiles()));
  const place = join(benchDir(), 'bisect', `${commit.slice(0, 12)}-${hashQuestion(question, specs).slice(0, 12)}`);
  const name = `${seeds}-seeds`;
  const path = join(place, 'baselines', `${name}.json`);
  if (!existsSync(path)) {
    await withCommit(packageRoot, commit, { packages: 'either', ...progress }, folder =>
      inPlace(place, specs, () => runAndSave(folder, place, name, { question, seeds, progress })),
    );
  }
  return parseBaseline(readFileSync(path, 'utf8'), relative('.', path));
}

/** The words of the spec count, and those of the parts that it imports. */
function hashQuestion(question: CommitQuestion, specs: string): string {
  const names = readdirSync(specs).filter(name => name.endsWith('.ts'));
  return hashOf({ question, specs: names.sort().map(name => [name, sha256(readFileSync(join(specs, name)))]) });
}

/**
 * The question is the present one, so that it is the same for all commits. Run folders are shared, and cells that ran
 * already, with the same code, are not run again; the store is the commit's own, whose schema may be another.
 */
async function inPlace(place: string, specs: string, action: () => Promise<void>): Promise<void> {
  const store = storeOf(place);
  rmSync(store, { recursive: true, force: true });
  mkdirSync(store, { recursive: true, mode: 0o700 });
  mkdirSync(runsDir(), { recursive: true, mode: 0o700 });
  symlinkSync(runsDir(), runsDir(store), 'dir');
  cpSync(specs, join(place, 'experiments'), { recursive: true });
  await action().finally(() => rmSync(store, { recursive: true, force: true }));
}

const storeOf = (place: string): string => join(place, 'store');

interface Measurement {
  question: CommitQuestion;
  seeds: number;
  progress: Progress;
}

/** By the commit's own commands. */
async function runAndSave(folder: string, place: string, name: string, asked: Measurement): Promise<void> {
  const { question, seeds, progress } = asked;
  const { experiment, tier, settings } = question;
  const cells = ['--tier', tier, '--seeds', `${seeds}`, ...settings.flatMap(setting => ['--set', setting])];
  await bench(folder, place, progress, ['run', experiment, ...cells]);
  await bench(folder, place, progress, ['baseline', 'save', name, '--experiment', experiment, ...cells]);
}

async function bench(folder: string, cwd: string, { stop }: Progress, args: readonly string[]): Promise<void> {
  try {
    await execa(process.execPath, [join(folder, MAIN), ...args], {
      cwd,
      env: { BENCH_DIR: storeOf(cwd) },
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

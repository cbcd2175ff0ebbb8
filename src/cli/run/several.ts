/** `bench run all` and `bench run TAG`: experiment after experiment, those first that promise most a minute. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { Experiment } from '../../core/experiment.ts';
import { unknownName } from '../../core/registry.ts';
import { allSpecs, experimentFiles, isTrained } from '../../runner/experiments.ts';
import { runExperiment } from './experiment.ts';
import type { RunOptions } from './plan-runs.ts';
import { queueOf, queueTable } from './queue.ts';

const ALL = 'all';

/** An experiment's name, a tag, or all. */
export async function runCommand(name: string, options: RunOptions): Promise<number> {
  if (experimentFiles().has(name)) return runExperiment(name, options);
  const unreadable: UserError[] = [];
  const trained = (await allSpecs(error => unreadable.push(error))).filter(isTrained);
  const chosen = trained.filter(({ tags }) => name === ALL || tags?.includes(name));
  if (chosen.length > 0) {
    for (const { message } of unreadable) process.stderr.write(`bench: ${message}\n`);
    return runSeveral(chosen, options);
  }
  const tags = trained.flatMap(spec => spec.tags ?? []);
  throw unknownName('experiment or tag', name, [ALL, ...new Set(tags), ...experimentFiles().keys()]);
}

/** An interrupt ends it; of other exit codes that of a failure goes before the others. */
async function runSeveral(specs: readonly Experiment[], options: RunOptions): Promise<number> {
  if (options.json) throw new UserError('run: --json: expected one experiment. `bench claims --json` prints them all.');
  const deadlineMs = options.budgetMs === undefined ? undefined : Date.now() + options.budgetMs;
  const queue = await queueOf(specs, options);
  process.stderr.write(queueTable(queue));
  const codes: number[] = [];
  for (const { id, missing } of queue) {
    if (missing === 0) continue;
    const left = deadlineMs === undefined ? {} : { budgetMs: Math.max(0, deadlineMs - Date.now()) };
    const code = await runOne(id, { ...options, ...left });
    if (code === EXIT.interrupted) return code;
    codes.push(code);
  }
  return codes.find(code => code === EXIT.failed) ?? codes.find(code => code !== EXIT.ok) ?? EXIT.ok;
}

/** What one cannot do, such as read its images, does not keep the others from running. */
async function runOne(id: string, options: RunOptions): Promise<number> {
  try {
    return await runExperiment(id, options);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`bench: ${id}: ${error.message}\n`);
    return error.exitCode;
  }
}

/** `bench record`: from the store to reports/records/. */
import { relative } from 'node:path';
import { EXIT, type ExitCode, UserError } from '../../core/errors.ts';
import type { CountedExperiment, Experiment, TierName } from '../../core/experiment.ts';
import type { CountVerdict } from '../../core/results.ts';
import { countForClaim } from '../../nets/index.ts';
import { freezeCounts, freezeRecord } from '../../report/records/freeze.ts';
import type { ExperimentRecord } from '../../report/records/record.ts';
import { writeRecord } from '../../report/records/record-file.ts';
import { allSpecs, isTrained, loadSpec } from '../../runner/experiments.ts';
import { planExperiment } from '../../runner/plan.ts';
import { judgeCount } from '../../stats/index.ts';
import { lastSpec } from '../../tracking/queries.ts';
import { openRecordedStore } from '../../tracking/recorded-store.ts';
import type { Store } from '../../tracking/store.ts';

type Spec = Experiment | CountedExperiment;

export async function recordCommand(name: string, tier: TierName): Promise<ExitCode> {
  const store = openRecordedStore();
  try {
    if (name !== 'all') return await writeOne(await loadSpec(name), store, tier);
    const codes: ExitCode[] = [];
    for (const spec of await judgedSpecs(store, tier)) codes.push(await writeOne(spec, store, tier).catch(told));
    return codes.find(code => code !== EXIT.ok) ?? EXIT.ok;
  } finally {
    store?.close();
  }
}

async function writeOne(spec: Spec, store: Store | null, tier: TierName): Promise<ExitCode> {
  const record = await recordOf(spec, store, tier);
  process.stdout.write(`${record.experiment}: ${record.verdict}, ${relative('.', writeRecord(record))}\n`);
  return EXIT.ok;
}

/** One that cannot be recorded does not keep the others from it. */
function told(error: unknown): ExitCode {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  return error.exitCode;
}

async function judgedSpecs(store: Store | null, tier: TierName): Promise<Spec[]> {
  const isJudged = (spec: Spec): boolean => store !== null && lastSpec(store, spec.id, tier) !== null;
  return (await allSpecs()).filter(spec => !isTrained(spec) || isJudged(spec));
}

async function recordOf(spec: Spec, store: Store | null, tier: TierName): Promise<ExperimentRecord> {
  const counts: CountVerdict[] = [];
  for (const claim of spec.counts ?? []) counts.push(judgeCount(claim, await countForClaim(claim)));
  if (!isTrained(spec)) return freezeCounts(spec.id, counts, spec.history);
  if (store === null) throw nothingRun(spec.id, tier);
  const execution = { threads: 1, device: 'cpu' } as const;
  const plan = await planExperiment(spec, { tier, settings: [], execution });
  return freezeRecord(store, { ...plan, decides: plan.tierSpec.decides, counts });
}

const nothingRun = (id: string, tier: TierName): UserError =>
  new UserError(`${id}: there are no runs here. "npx bench run ${id} --tier ${tier}" makes some.`, {
    exitCode: EXIT.noData,
  });

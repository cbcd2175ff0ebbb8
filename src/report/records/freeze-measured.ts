/** Where the runs of a record came from, and what they cost. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { Provenance, RunSummary } from '../../core/results.ts';
import { listRuns, provenanceDifferences, provenanceOf } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import { dayOf } from './day.ts';
import type { Measured } from './record.ts';
import type { SpecCells } from './runs-of-spec.ts';

type Measurement = Omit<Measured, 'seeds' | 'choice' | 'figures'>;

export function freezeMeasured(
  store: Store,
  runs: readonly RunSummary[],
  cells: SpecCells & { decides: boolean },
): Measurement {
  const provenances = provenanceOf(
    store,
    runs.map(({ id }) => id),
  );
  const [first] = provenances.values();
  if (first === undefined) throw fromNowhere(cells.experiment);
  const executions = executionsOf(store, runs, cells);
  const { code, machine, tensorflow, execution } = first;
  return {
    tier: cells.tier,
    decides: cells.decides,
    spec: cells.specHash,
    command: `npx bench run ${cells.experiment} --tier ${cells.tier}`,
    code: { commit: code.commit, dirty: [...provenances.values()].some(one => one.code.dirty) },
    machine: { cpu: machine.cpu, cores: machine.cores, os: machine.os },
    software: { tensorflow: tensorflow.version, node: execution.node },
    execution: { threads: execution.threads, precision: execution.precision, device: execution.device },
    data: Object.fromEntries([...provenances.values()].map(({ data }) => [data.dataset, data.fingerprint])),
    differences: differencesOf(provenances.values()),
    ran: { from: dayOf(least(runs.map(run => run.startedAt))), to: dayOf(most(runs.map(run => run.endedAt))) },
    costSeconds: Math.round(executions.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0)),
    executions,
  };
}

const fromNowhere = (experiment: string): UserError =>
  new UserError(
    `${experiment}: none of its runs says what it was run with. "npx bench run ${experiment} --force" does.`,
    { exitCode: EXIT.noData },
  );

/** Arms differ in what was varied, and by that in the modules they need. */
const differencesOf = (provenances: Iterable<Provenance>): string[] =>
  provenanceDifferences(provenances)
    .map(({ what }) => what)
    .filter(what => !/^(command|code\.codeHash|execution\.pinned|execution\.variables)/.test(what));

/** Every one of the experiment at the tier, abandoned ones and those of earlier specs too, and the runs that were shared. */
function executionsOf(
  store: Store,
  runs: readonly RunSummary[],
  { experiment, tier }: SpecCells,
): Measured['executions'] {
  const own = listRuns(store, { experiment, tier, archived: 'shown', deleted: 'shown' });
  const shared = runs.filter(run => !own.some(({ id }) => id === run.id));
  return [...own, ...shared]
    .sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0))
    .map(run => ({
      run: run.id,
      arm: run.arm,
      seed: run.seed,
      spec: run.specHash.slice(0, 12),
      state: run.state,
      started: run.startedAt === null ? null : new Date(run.startedAt).toISOString(),
      seconds: run.startedAt === null || run.endedAt === null ? null : (run.endedAt - run.startedAt) / 1000,
      ...(run.experiment !== experiment && { of: run.experiment }),
    }));
}

const least = (times: readonly (number | null)[]): Date => new Date(Math.min(...times.map(time => time ?? Infinity)));
const most = (times: readonly (number | null)[]): Date => new Date(Math.max(...times.map(time => time ?? 0)));

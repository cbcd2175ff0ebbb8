/** From the store to a record. */
import { armsOf, claimedArms } from '../../core/arms.ts';
import { EXIT, UserError } from '../../core/errors.ts';
import type { Experiment } from '../../core/experiment.ts';
import { canonicalJson } from '../../core/ids.ts';
import type { ClaimVerdict, CountVerdict, Provenance, RunSummary } from '../../core/results.ts';
import {
  armsAtLevel,
  boundOf,
  type Figure,
  type FiguresOfArms,
  judgeExperiment,
  parseTerm,
  type Term,
} from '../../stats/index.ts';
import { lastSpec, lastVerdicts, listRuns, provenanceDifferences, provenanceOf } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import { figuresOfRuns } from '../claim-figures.ts';
import { freezeClaim, freezeCount } from './freeze-claim.ts';
import type { ExperimentRecord, Measured } from './record.ts';
import { runsOfSpec, type SpecCells } from './runs-of-spec.ts';

/** An experiment as its file now says, at a tier. */
export interface FreezeRequest extends Omit<SpecCells, 'experiment'> {
  experiment: Experiment;
  decides: boolean;
  counts: readonly CountVerdict[];
}

/** Throws one line unless the runs of the spec have ended and give the verdicts that were drawn from them. */
export function freezeRecord(store: Store, request: FreezeRequest, now = new Date()): ExperimentRecord {
  const { experiment, counts } = request;
  const cells = { ...request, experiment: experiment.id, specHash: specThatWasRun(store, request) };
  const runs = runsOfSpec(store, cells);
  const figures = figuresOfRuns(store, runs);
  const { decides, seeds: plannedSeeds } = request;
  const verdicts = judgeExperiment(experiment, figures, { decides, plannedSeeds });
  requireSame(verdicts, lastVerdicts(store, cells), experiment.id);
  const [own] = verdicts as [ClaimVerdict];
  return {
    experiment: experiment.id,
    kind: own.kind,
    verdict: own.outcome,
    recorded: dayOf(now),
    claims: verdicts.map(verdict => freezeClaim(verdict, experiment.conjunction)),
    counts: counts.map(freezeCount),
    history: [...experiment.history],
    measured: { ...measuredBy(store, runs, { ...cells, decides }), ...figuresOf(experiment, figures, plannedSeeds) },
  };
}

/** A record of counts alone. */
export function freezeCounts(
  id: string,
  counts: readonly CountVerdict[],
  history: readonly string[],
  now = new Date(),
): ExperimentRecord {
  const refuted = counts.some(({ outcome }) => outcome === 'refuted');
  return {
    experiment: id,
    kind: 'counted',
    verdict: refuted ? 'refuted' : 'confirmed',
    recorded: dayOf(now),
    claims: [],
    counts: counts.map(freezeCount),
    history: [...history],
  };
}

/** The present spec if it has verdicts, else the one that was judged last, if its claims are the present ones. */
function specThatWasRun(store: Store, { experiment, tier, specHash }: FreezeRequest): string {
  const scope = { experiment: experiment.id, tier };
  if (lastVerdicts(store, { ...scope, specHash }).length > 0) return specHash;
  const last = lastSpec(store, experiment.id, tier);
  if (last === null) throw noVerdict(experiment.id, tier);
  const judged = lastVerdicts(store, { ...scope, specHash: last }).map(({ claim }) => claim);
  if (experiment.claims.every(claim => judged.some(one => canonicalJson(one) === canonicalJson(claim)))) return last;
  throw new UserError(
    `${experiment.id}: its claims are not those that were judged at tier ${tier}. "npx bench run ${experiment.id} --tier ${tier}" judges the present ones.`,
    { exitCode: EXIT.noData },
  );
}

const noVerdict = (id: string, tier: string): UserError =>
  new UserError(`${id}: no verdict was drawn at tier ${tier}. "npx bench run ${id} --tier ${tier}" draws it.`, {
    exitCode: EXIT.noData,
  });

/** What the store holds must be what was judged. */
function requireSame(found: readonly ClaimVerdict[], drawn: readonly ClaimVerdict[], id: string): void {
  const other = found.find(({ claim, effects }) => {
    const before = drawn.find(one => one.claim.id === claim.id);
    return before !== undefined && canonicalJson(before.effects) !== canonicalJson(effects);
  });
  if (other === undefined) return;
  throw new UserError(
    `${id}: the runs give other effects of claim ${other.claim.id} than those of its last verdict. "npx bench run ${id}" judges again.`,
    { exitCode: EXIT.noData },
  );
}

type Measurement = Omit<Measured, 'seeds' | 'choice' | 'figures'>;

function measuredBy(store: Store, runs: readonly RunSummary[], cells: SpecCells & { decides: boolean }): Measurement {
  const provenances = provenanceOf(
    store,
    runs.map(({ id }) => id),
  );
  const [first] = provenances.values();
  if (first === undefined) throw noVerdict(cells.experiment, cells.tier);
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

/** All that the verdicts were computed from. */
function figuresOf(
  experiment: Experiment,
  figures: FiguresOfArms,
  seeds: readonly number[],
): Pick<Measured, 'seeds' | 'choice' | 'figures'> {
  const { choice } = experiment;
  const found: Measured['figures'] = {};
  for (const { arms, metric } of termsOf(experiment)) {
    const values = figures(arms, metric);
    found[metric] = { ...found[metric], [arms.join('+')]: seeds.map(seed => plainFigure(values.get(seed))) };
  }
  return {
    seeds: [...seeds],
    ...(choice && { choice: { ...choice, arms: rivalsOf(experiment, choice.factor) } }),
    figures: found,
  };
}

/** Claim's name of an arm → the arms among which it is chosen. */
function rivalsOf(experiment: Experiment, factor: string): Record<string, string[]> {
  const levels = Object.keys(experiment.factors[factor] ?? {});
  const atLevels = levels.map(level => armsAtLevel(experiment, factor, level));
  return Object.fromEntries(
    claimedArms(experiment).map(name => [name, atLevels.flatMap(arms => arms.get(name) ?? [])]),
  );
}

/** Where a level is chosen, at each of its levels, and with what it is chosen by. */
function termsOf({ claims, choice, factors }: Experiment): Term[] {
  const terms = claims.flatMap(({ contrast, metric }) => Object.keys(contrast).map(text => parseTerm(text, metric)));
  if (choice === undefined) return terms;
  const { factor, by } = choice;
  const atLevels = Object.keys(factors[factor] ?? {}).flatMap(level => {
    const arms = armsAtLevel({ factors }, factor, level);
    return terms.map(term => ({ ...term, arms: term.arms.map(name => arms.get(name) ?? name) }));
  });
  return [...atLevels, ...armsOf({ factors }).map(({ name }) => ({ arms: [name], metric: by }))];
}

const plainFigure = (figure: Figure | undefined): Figure | null =>
  figure !== undefined && Number.isFinite(boundOf(figure)) ? figure : null;

const least = (times: readonly (number | null)[]): Date => new Date(Math.min(...times.map(time => time ?? Infinity)));
const most = (times: readonly (number | null)[]): Date => new Date(Math.max(...times.map(time => time ?? 0)));
const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

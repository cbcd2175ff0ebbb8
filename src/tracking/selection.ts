/** What RUN, ARM and EXPERIMENT of a comparison mean. */
import { UserError } from '../core/errors.ts';
import { unknownName } from '../core/registry.ts';
import type { RunSummary } from '../core/results.ts';
import { experimentNames, findRun, latestRuns, listRuns } from './queries.ts';
import type { Store } from './store.ts';

const RUN_ID = /^[0-9a-f]{4,}$/;

export interface ChosenCell {
  run: RunSummary;
  /** As the page names it: with its experiment and tier where there are several. */
  arm: string;
}

/**
 * In the order of the names: an experiment is the cells of its newest spec, `experiment/arm` or `arm` (of every experiment
 * that has it) those of the arm, the beginning of an id one run. A cell that several names mean is there once.
 */
export function chosenCells(store: Store, names: readonly string[]): ChosenCell[] {
  const cells = cellsByExperiment(store);
  const runs = new Map(names.flatMap(name => runsNamed(store, name, cells)).map(run => [run.id, run]));
  return oneACell(withArms([...runs.values()]));
}

function cellsByExperiment(store: Store): Map<string, () => RunSummary[]> {
  return new Map(
    experimentNames(store).map(experiment => {
      let cells: RunSummary[] | undefined;
      return [
        experiment,
        () => {
          const newest = cells ? undefined : listRuns(store, { experiment, limit: 1 })[0];
          cells ??= newest ? latestRuns(store, experiment, newest.tier, newest.specHash) : [];
          return cells;
        },
      ] as const;
    }),
  );
}

type Cells = ReadonlyMap<string, () => RunSummary[]>;

function runsNamed(store: Store, name: string, cells: Cells): RunSummary[] {
  const found = cells.get(name)?.() ?? armNamed(name, cells);
  if (found.length > 0) return found;
  if (RUN_ID.test(name)) return [findRun(store, name)];
  const arms = [...cells].flatMap(([experiment, list]) => list().map(run => `${experiment}/${run.arm}`));
  throw unknownName('run, arm or experiment', name, [...cells.keys(), ...new Set(arms)]);
}

function armNamed(name: string, cells: Cells): RunSummary[] {
  return [...cells].flatMap(([experiment, list]) => {
    if (name.includes('/') && !name.startsWith(`${experiment}/`)) return [];
    return list().filter(run => run.arm === name || `${experiment}/${run.arm}` === name);
  });
}

function withArms(runs: readonly RunSummary[]): ChosenCell[] {
  const several = new Set(runs.map(run => run.experiment)).size > 1;
  const tiers =
    new Set(runs.map(run => `${run.experiment} ${run.tier}`)).size > new Set(runs.map(run => run.experiment)).size;
  return runs.map(run => ({
    run,
    arm: `${several ? `${run.experiment}/` : ''}${run.arm}${tiers ? ` (${run.tier})` : ''}`,
  }));
}

/** Two runs of one arm and seed are two arms: with one's figures in place of the other's nobody could tell them apart. */
function oneACell(cells: readonly ChosenCell[]): ChosenCell[] {
  const seen = new Map<string, number>();
  if (cells.length === 0) throw new UserError('compare: nothing was chosen that has runs.');
  return cells.map(cell => {
    const key = JSON.stringify([cell.arm, cell.run.seed]);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? cell : { ...cell, arm: `${cell.arm} (${count})` };
  });
}

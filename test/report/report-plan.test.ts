/** Which runs a report of an experiment is about. */
import { describe, expect, test } from 'vitest';
import { otherExecutions, planOfRuns, runsOfPlan } from '../../src/cli/report/plan.ts';
import type { Cell } from '../../src/core/experiment.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { planExperiment } from '../../src/runner/plan.ts';
import { newPlace, openAll } from '../tracking/journals.ts';
import { writeRuns } from './made-runs.ts';

const ID = 'degradation-34';
const experiment = await loadExperiment(ID);

async function cellsOf(threads: number, settings: string[] = []): Promise<readonly Cell[]> {
  const execution = { threads, device: 'cpu' } as const;
  return (await planExperiment(experiment, { tier: 'quick', settings, execution })).cells;
}

function storeOf(...sittings: (readonly Cell[])[]) {
  const place = newPlace();
  for (const [i, cells] of sittings.entries())
    writeRuns(place.runs, cells, { prefix: 'abc'.charAt(i), startMs: 1_700_000_000_000 + i * 1e6 });
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  return store;
}

describe('a report', () => {
  test('is about the runs of the newest execution, and says how else it was run', async () => {
    const store = storeOf(await cellsOf(1), await cellsOf(2));
    const plan = await planOfRuns(store, ID, { set: [] });
    expect(plan.cells[0]?.execution).toEqual({ threads: 2, device: 'cpu' });
    expect(new Set(runsOfPlan(plan, store).map(run => run.id.charAt(0)))).toEqual(new Set('b'));
    expect(otherExecutions(plan, store)).toEqual([expect.stringMatching(/^one thread a cell, cpu, \w+ \(20 runs\)$/)]);
  });

  test('is about others if they are asked for; what was not run is one line with what was', async () => {
    const store = storeOf(await cellsOf(1), await cellsOf(2));
    const plan = await planOfRuns(store, ID, { threads: 1, set: [] });
    expect(runsOfPlan(plan, store).map(run => run.id.charAt(0))).toEqual(Array(20).fill('a'));
    await expect(planOfRuns(store, ID, { threads: 3, set: [] })).rejects.toThrow(
      /^degradation-34, quick tier: no run with 3 threads\. There are: 2 threads a cell, cpu, \w+ \(20 runs\); one thread/,
    );
  });

  test('fills no gap with runs of another execution', async () => {
    const store = storeOf(await cellsOf(1), (await cellsOf(2)).slice(0, 3));
    const plan = await planOfRuns(store, ID, { set: [] });
    expect(runsOfPlan(plan, store).length).toBe(3);
  });

  test('takes older code where there is no other, by what finished', async () => {
    const older = (await cellsOf(2)).map(cell => ({ ...cell, identity: `older ${cell.identity}` }));
    const store = storeOf(older);
    expect(runsOfPlan(await planOfRuns(store, ID, { set: [] }), store).length).toBe(20);
  });

  test('passes over newer runs that were made with other settings', async () => {
    const store = storeOf(await cellsOf(1), await cellsOf(2, ['optimiser.rate=0.7']));
    const plan = await planOfRuns(store, ID, { set: [] });
    expect(runsOfPlan(plan, store).map(run => run.id.charAt(0))).toEqual(Array(20).fill('a'));
  });

  test('computes in the precision that its runs had, unless another is asked for', async () => {
    const store = storeOf(await cellsOf(1), await cellsOf(1, ['precision=bfloat16']));
    const plan = await planOfRuns(store, ID, { set: [] });
    expect(new Set(plan.arms.map(arm => arm.config.precision))).toEqual(new Set(['bfloat16']));
    expect(runsOfPlan(plan, store).map(run => run.id.charAt(0))).toEqual(Array(20).fill('b'));
    const other = await planOfRuns(store, ID, { set: ['precision=float32'] });
    expect(runsOfPlan(other, store).map(run => run.id.charAt(0))).toEqual(Array(20).fill('a'));
  });
});

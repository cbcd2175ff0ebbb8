/** What the index says of an experiment whose runs have gone on since its verdicts were drawn. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { indexedExperiments } from '../../src/cli/report/indexed-experiments.ts';
import { planOfRuns } from '../../src/cli/report/plan.ts';
import { verdictsOfPlan } from '../../src/cli/report/results-of-plan.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { planExperiment } from '../../src/runner/plan.ts';
import { saveVerdicts } from '../../src/tracking/queries.ts';
import { newPlace, openAll } from '../tracking/journals.ts';
import { writeRuns } from './made-runs.ts';

const ID = 'degradation-34';
const START_MS = 1_700_000_000_000;
const { cells, specHash } = await planExperiment(await loadExperiment(ID), {
  tier: 'quick',
  settings: [],
  execution: { threads: 1, device: 'cpu' },
});

async function indexed(made: typeof cells, drawnAtMs: number) {
  const place = newPlace();
  writeRuns(place.runs, made, { startMs: START_MS });
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const verdicts = verdictsOfPlan(await planOfRuns(store, ID, { tier: 'quick', set: [] }), store);
  const earlier = verdicts.map(verdict => ({ ...verdict, effect: -1 }));
  saveVerdicts(store, { experiment: ID, tier: 'quick', specHash: made[0]?.specHash ?? '' }, earlier, drawnAtMs);
  const [experiment] = await indexedExperiments(store, join(place.dir, 'index.html'));
  return { effects: experiment?.verdicts.map(({ effect }) => effect), outdated: experiment?.outdated, verdicts };
}

test('verdicts that are newer than every run stand as they were drawn', async () => {
  const { effects, outdated } = await indexed(cells, START_MS + 1e6);
  expect(effects).toEqual(effects?.map(() => -1));
  expect(outdated).toBe(false);
});

test('a run that ended later makes them be drawn again', async () => {
  const { effects, outdated, verdicts } = await indexed(cells, START_MS);
  expect(effects).toEqual(verdicts.map(({ effect }) => effect));
  expect(outdated).toBe(false);
});

test('where the file is not any more what the runs are of, the earlier ones stay and are said to be old', async () => {
  const { effects, outdated } = await indexed(
    cells.map(cell => ({ ...cell, specHash: specHash.replaceAll(/[0-7]/g, '8') })),
    START_MS,
  );
  expect(effects).toEqual(effects?.map(() => -1));
  expect(effects?.length).toBeGreaterThan(0);
  expect(outdated).toBe(true);
});

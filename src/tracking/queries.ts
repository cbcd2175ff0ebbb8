/** The store's answers: the one module that report, gate and the commands read through. Reading never waits for a writer. */

export { curves, latestValues, metricNames } from './curves.ts';
export { leavesOf, patchOf, provenanceDifferences, provenanceOf } from './provenance.ts';
export { type AttemptSummary, findRun, type RunDetail, runDetail } from './run-detail.ts';
export {
  experimentNames,
  finishedIdentities,
  latestRuns,
  listRuns,
  type RunFilter,
  runsOfCells,
  valuesByArm,
} from './runs.ts';
export { lastVerdicts, saveVerdicts, type VerdictScope } from './verdicts.ts';

/** The store's answers: the one module that report, gate and the commands read through. Reading never waits for a writer. */

export { artifactsOf, extractArtifacts, type FoundArtifact } from './artifacts.ts';
export { type Bucket, type BucketedCurve, bucketedCurves } from './buckets.ts';
export { type Curation, curate, curationsOf, undoLast } from './curation.ts';
export type { CurationAction } from './curation-log.ts';
export { type CurveSummary, curveSummaries, curves, latestValues, metricNames, pointsAfter } from './curves.ts';
export { executionsOf, type RecordedExecution } from './executions.ts';
export { type Field, findFields } from './fields.ts';
export { collectGarbage, type GcPlan, planGc } from './gc.ts';
export { machineTypesOf } from './machine-types.ts';
export { type RecordedRun, recordedRuns, type StoreVersion, storeVersion } from './news.ts';
export { attemptProvenances, leavesOf, patchOf, provenanceDifferences, provenanceOf } from './provenance.ts';
export { type AttemptSummary, findRun, type RunDetail, runDetail } from './run-detail.ts';
export { groupRuns, type RunGroup } from './run-groups.ts';
export { processOf } from './run-process.ts';
export type { RunQuery } from './run-query.ts';
export {
  countRuns,
  experimentNames,
  finishedIdentities,
  type ListedRun,
  latestRuns,
  listCuratedRuns,
  listRuns,
  runIds,
  runsOfCells,
  valuesByArm,
} from './runs.ts';
export { askSql, type SqlAnswer } from './sql.ts';
export { lastSpec, lastVerdicts, saveVerdicts, type VerdictScope, verdictsDrawnAt } from './verdicts.ts';

/** Baselines, and whether results have become worse than they. */
export { gateAnnotations } from './annotations.ts';
export { gateBadge } from './badge.ts';
export { type Baseline, parseBaseline, sealBaseline } from './baseline.ts';
export { type BaselineChange, diffBaselines } from './baseline-diff.ts';
export { baselineNames, hasBaseline, readBaseline, removeBaseline, writeBaseline } from './baseline-file.ts';
export { type CommitOutcome, plannedDecisions, searchFirstBad } from './bisect.ts';
export type { Check } from './check.ts';
export { differenceOf } from './comparable.ts';
export { type Decision, decideGate } from './decision.ts';
export { gateJson } from './gate-json.ts';
export { pastGates, recordDecision } from './history.ts';
export { gateJunit } from './junit.ts';
export { gateMarkdown } from './markdown.ts';
export { boundOf, type Figure, type Machine, type Measured, seedsOf } from './measured.ts';
export { exitCodeOf, type GateReport, gateSentence } from './outcome.ts';
export { type GateSeries, gateSeries, type SeriesPoint } from './series.ts';
export { parseStepsTo, type StepsTo, stepsTo } from './steps-to.ts';
export { checkThresholds, isExact, marginText, parseMargin } from './threshold.ts';

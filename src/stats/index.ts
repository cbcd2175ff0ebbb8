/** Numbers in, numbers out. */
export { validateClaim } from './claim.ts';
export { mostConfused } from './confusion.ts';
export { averagePredictions, requireSameImages } from './ensemble.ts';
export { digitsFor, formatEffect, formatInterval, formatNumber, inUnit } from './format.ts';
export { meanInterval } from './interval.ts';
export { type McNemar, mcnemar } from './mcnemar.ts';
export { mean, standardDeviation } from './summary.ts';
export { type ErrorRate, type TestSetFigures, testSetFigures, wrongAt } from './test-set.ts';
export { judgeClaim } from './verdict.ts';

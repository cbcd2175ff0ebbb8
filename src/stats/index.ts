/** Numbers in, numbers out. */
export { changePenalty, changePoints, neighbourNoise } from './change-points.ts';
export { validateClaim } from './claim.ts';
export { mostConfused } from './confusion.ts';
export { averagePredictions, requireSameImages } from './ensemble.ts';
export { digitsFor, formatEffect, formatInterval, formatNumber, inUnit } from './format.ts';
export { hodgesLehmann, signedRankInterval, signedRankTail } from './hodges-lehmann.ts';
export { holm } from './holm.ts';
export { meanInterval } from './interval.ts';
export { type McNemar, mcnemar } from './mcnemar.ts';
export { detectableEffect, pairedPower, pairsForPower } from './power.ts';
export { FEWEST_SEEDS, seedsNeeded } from './seeds-needed.ts';
export { signFlipP } from './sign-flip.ts';
export { studentCritical, studentTail } from './student-t.ts';
export { mean, median, standardDeviation } from './summary.ts';
export { type ErrorRate, type TestSetFigures, testSetFigures, wrongAt } from './test-set.ts';
export { judgeClaim } from './verdict.ts';

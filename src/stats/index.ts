/** Numbers in, numbers out. */

export { changePenalty, changePoints, neighbourNoise } from './change-points.ts';
export { armsAtLevel } from './choice.ts';
export { validateClaim } from './claim.ts';
export { mostConfused } from './confusion.ts';
export { judgeCount } from './counted.ts';
export { parseCurveMetric } from './curve-metrics/index.ts';
export { averagePredictions, meanProbabilities, requireSameImages } from './ensemble.ts';
export { boundOf, type Figure, isCensored } from './figure.ts';
export { digitsFor, formatEffect, formatInterval, formatNumber, inUnit } from './format.ts';
export { hardestImages } from './hardest.ts';
export { hodgesLehmann, signedRankInterval, signedRankTail } from './hodges-lehmann.ts';
export { holm } from './holm.ts';
export { meanInterval, meanTail } from './interval.ts';
export { type FiguresOfArms, judgeExperiment, type MixedSeeds } from './judge-experiment.ts';
export { type McNemar, mcnemar } from './mcnemar.ts';
export { detectableEffect, pairedPower, pairsForPower } from './power.ts';
export { promiseOf } from './promise.ts';
export { FEWEST_SEEDS, seedsNeeded } from './seeds-needed.ts';
export { seedsText } from './sentence.ts';
export { signFlipP } from './sign-flip.ts';

export { studentCritical } from './student-t.ts';
export { mean, median, standardDeviation } from './summary.ts';
export { parseTerm, type Term } from './term.ts';
export { type ErrorRate, type TestSetFigures, testSetFigures, wrongAt } from './test-set.ts';
export { judgeClaim } from './verdict.ts';

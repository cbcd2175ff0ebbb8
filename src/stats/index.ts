/** Numbers in, numbers out. */
export { digitsFor, formatEffect, formatInterval, formatNumber, inUnit } from './format.ts';
export { type Interval, meanInterval } from './interval.ts';
export { seedsNeeded } from './seeds-needed.ts';
export { signFlipP } from './sign-flip.ts';
export { mean, standardDeviation } from './summary.ts';
export { judgeClaim, type ValuesByArm, validateClaim } from './verdict.ts';

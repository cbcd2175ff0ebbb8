/** Numbers in, numbers out. */
export { validateClaim } from './claim.ts';
export { digitsFor, formatEffect, formatInterval, formatNumber, inUnit } from './format.ts';
export { type Interval, meanInterval } from './interval.ts';
export { mean } from './summary.ts';
export { judgeClaim, type ValuesByArm } from './verdict.ts';

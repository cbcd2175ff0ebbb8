/** Numbers in, numbers out. */
export { validateClaim } from './claim.ts';
export { digitsFor, formatEffect, formatInterval, formatNumber, inUnit } from './format.ts';
export { meanInterval } from './interval.ts';
export { mean } from './summary.ts';
export { judgeClaim } from './verdict.ts';

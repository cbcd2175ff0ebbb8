/** Kind, metric and unit, as most claims have them together; a margin is each claim's own. */
import type { Claim } from 'convbench';

type Measure = Pick<Claim, 'kind' | 'metric' | 'unit'>;

export const ERRS_LESS: Measure = { kind: 'superiority', metric: 'test.top1', unit: 'pp' };
export const ERRS_AS_OFTEN: Measure = { kind: 'equivalence', metric: 'test.top1', unit: 'pp' };
export const TRAINS_BETTER: Measure = { kind: 'superiority', metric: 'train.loss', unit: 'nats' };

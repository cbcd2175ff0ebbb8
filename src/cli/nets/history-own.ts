/** Errors of our own for the page of `bench history`: what records hold of arms, with the counts of their nets. */
import { plannedNet } from '../../api/arm-costs.ts';
import type { Arm, Experiment, TierName } from '../../core/experiment.ts';
import { countNet, depthOf } from '../../nets/index.ts';
import type { OwnError } from '../../report/history/index.ts';
import type { ExperimentRecord, Measured } from '../../report/records/record.ts';
import { planExperiment } from '../../runner/plan.ts';
import { mean, meanInterval } from '../../stats/index.ts';

const METRIC = 'test.top1';
const LEVEL = 0.95;
/** No pictures of anything: beside photographs its errors say nothing. */
const MADE_UP = 'xor';

/** Of the arms whose error the record has, from every seed, and that are still in the spec. */
export async function ownErrors(experiment: Experiment, record: ExperimentRecord | null): Promise<OwnError[]> {
  const { measured } = record ?? {};
  const figures = measured?.figures[METRIC];
  if (measured === undefined || figures === undefined) return [];
  const execution = { threads: 1, device: 'cpu' } as const;
  const tier = measured.tier as TierName;
  if (!experiment.tiers[tier]) return [];
  const { arms } = await planExperiment(experiment, { tier, settings: [], execution, withoutData: true });
  const found = arms.flatMap(arm => {
    const errors = numbers(figures[arm.name]);
    return errors === null || arm.config.dataset === MADE_UP ? [] : [ownError(experiment.id, arm, measured, errors)];
  });
  return Promise.all(found);
}

function numbers(figures: Measured['figures'][string][string] | undefined): number[] | null {
  const known = figures?.filter(figure => typeof figure === 'number') ?? [];
  return known.length > 0 && known.length === figures?.length ? known : null;
}

async function ownError(
  experiment: string,
  { name, config }: Arm,
  { tier }: Measured,
  errors: readonly number[],
): Promise<OwnError> {
  const { net, dataset } = await plannedNet(config);
  const { parameters, macs } = countNet(net);
  return {
    experiment,
    arm: name,
    net: config.net,
    dataset: dataset.title,
    tier,
    seeds: errors.length,
    error: mean(errors),
    interval: meanInterval(errors, LEVEL),
    depth: depthOf(net),
    parameters,
    macs,
  };
}

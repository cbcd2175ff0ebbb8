/** From an experiment to its cells: every arm × seed with its resolved configuration and identity. */

import { armsOf } from '../core/arms.ts';
import { atTier } from '../core/at-tier.ts';
import type { CellConfig } from '../core/cell-config.ts';
import { UserError } from '../core/errors.ts';
import type { Arm, Cell, Execution, Experiment, Tier, TierName } from '../core/experiment.ts';
import { canonicalJson, hashOf, sha256 } from '../core/ids.ts';
import { inputShape } from '../core/input.ts';
import type { NetDescription } from '../core/net.ts';
import { netParameters } from '../core/parameters.ts';
import { pick } from '../core/registry.ts';
import { absoluteName, checkInput } from '../data/index.ts';
import { resolvePrecision } from '../engine/precision.ts';
import { findNet, removableUnits } from '../nets/index.ts';
import { codeHash } from './code-hash.ts';
import { parseConfig } from './config-schema.ts';
import { SMOKE, SMOKE_IMAGES } from './experiment-schema.ts';
import { matchArms } from './match-arms.ts';
import { mergeConfig, patchFromSettings } from './merge.ts';
import { type PlannedDataset, plannedDataset, requireData } from './planned-dataset.ts';
import { checkProcedures } from './procedures/check.ts';
import { checkSnapshots } from './procedures/snapshots.ts';
import { sourceArm, takenOver } from './warm-start.ts';

export interface PlanRequest {
  tier: TierName;
  /** `--set key=value`, the strongest. */
  settings: readonly string[];
  /** More or fewer seeds than the tier plans; makes another spec of it. */
  seeds?: number;
  execution: Execution;
  /** Also with datasets that are not there: a plan to look at, not to run. */
  withoutData?: boolean;
}

export interface Plan {
  /** As its tier asks it. */
  experiment: Experiment;
  tier: TierName;
  tierSpec: Tier;
  /** SHA-256 of everything that decides the cells and the verdict, except code, data and execution. */
  specHash: string;
  arms: readonly Arm[];
  seeds: readonly number[];
  cells: readonly Cell[];
}

export async function planExperiment(given: Experiment, request: PlanRequest): Promise<Plan> {
  const tiers = new Map(Object.entries(given.tiers) as [TierName, Tier][]);
  const tierSpec = pick(`tier of ${given.id}`, request.tier, tiers);
  const experiment = atTier(given, tierSpec);
  const planned = planArms(experiment, tierSpec, request);
  if (!request.withoutData)
    for (const { config } of planned) await requireData(config.dataset, `${given.id}, tier ${request.tier}`);
  const arms = await matchArms(tierSpec === SMOKE ? await fittedArms(planned) : planned, experiment.id);
  const seeds = Array.from({ length: request.seeds ?? tierSpec.seeds }, (_, index) => index + 1);
  const checked = new Map<string, CheckedArm>();
  // One after the other: of several mistakes the first arm's is told.
  for (const arm of arms) checked.set(arm.name, await checkArm(experiment.id, arm, arms, request.execution));
  const identified = [...checked.values()].map(({ arm, identified }) => ({ ...arm, config: identified }));
  const { claims, conjunction, choice } = experiment;
  const specHash = hashOf({ arms: identified, seeds, claims, conjunction, choice, decides: tierSpec.decides });
  const plan = { experiment, tier: request.tier, tierSpec, specHash, arms, seeds };
  const cells = arms.flatMap(({ name }) => seeds.map(seed => planCell(plan, checked, name, seed, request.execution)));
  return { ...plan, cells };
}

function planArms(experiment: Experiment, tier: Tier, { settings, execution }: PlanRequest): Arm[] {
  const set = patchFromSettings(settings, experiment.base);
  return armsOf(experiment).map(({ name, levels }) => {
    const patches = Object.entries(levels).map(([factor, level]) => experiment.factors[factor]?.[level]);
    const merged = mergeConfig(experiment.base, tier.config, ...patches, set);
    const parsed = parseConfig(merged, `${experiment.id}, arm ${name}`);
    const precision = resolvePrecision(parsed.precision, execution.device);
    return { name, levels, config: { ...parsed, dataset: absoluteName(parsed.dataset), precision } };
  });
}

/** The tier that we give to every experiment cannot know how many images there are to test on. */
async function fittedArms(arms: readonly Arm[]): Promise<Arm[]> {
  const fitted = async (arm: Arm): Promise<Arm> => {
    const { testCount } = await plannedDataset(arm.config.dataset);
    const capped = (count: number | 'all') => (count === SMOKE_IMAGES && count > testCount ? 'all' : count);
    const { images, final } = arm.config.evaluate;
    const evaluate = { ...arm.config.evaluate, images: capped(images), final: capped(final) };
    return { ...arm, config: { ...arm.config, evaluate } };
  };
  return Promise.all(arms.map(fitted));
}

/** What all cells of an arm have in common. */
interface CheckedArm {
  arm: Arm;
  /** Its configuration as hashes see it: a folder's content counts, not its place. */
  identified: CellConfig;
  /** Whose weights it starts from. */
  source: Arm | undefined;
  dataset: PlannedDataset;
  codeHash: string;
  /** The canonical JSON of an identity up to what differs between seeds: of an arm's 1,000 cells it is the same. */
  identityHead: string;
}

/** Whatever of an arm cannot be is one line. */
async function checkArm(experiment: string, arm: Arm, arms: readonly Arm[], execution: Execution): Promise<CheckedArm> {
  const { config, name } = arm;
  const where = `${experiment}, arm ${name}`;
  const dataset = await plannedDataset(config.dataset);
  checkCounts(config, dataset, where);
  checkInput(config.input, dataset, where);
  const source = sourceArm(arm, arms);
  await checkNet(config, source?.config, dataset, where);
  const identified = namedByContent(config, dataset);
  const code = await codeHash(config);
  const head = canonicalJson({ code, config: identified, data: dataset.fingerprint, execution });
  return { arm, identified, source, dataset, codeHash: code, identityHead: head.slice(0, -1) };
}

function namedByContent(config: CellConfig, { name, fingerprint }: PlannedDataset): CellConfig {
  return config.dataset === name ? config : { ...config, dataset: `${name}:${fingerprint}` };
}

function planCell(
  plan: Omit<Plan, 'cells'>,
  checked: ReadonlyMap<string, CheckedArm>,
  name: string,
  seed: number,
  execution: Execution,
): Cell {
  const { arm, source, dataset, codeHash, identityHead } = checked.get(name) as CheckedArm;
  const { config, levels } = arm;
  const startsFrom = source ? planCell(plan, checked, source.name, seed, execution).identity : null;
  const { fingerprint } = dataset;
  return {
    experiment: plan.experiment.id,
    tier: plan.tier,
    arm: name,
    levels,
    seed,
    config,
    execution,
    specHash: plan.specHash,
    codeHash,
    dataHash: fingerprint ?? '',
    startsFrom,
    identity: sha256(`${identityHead},"seed":${seed},"startsFrom":${JSON.stringify(startsFrom)}}`),
  };
}

/** It can be built, and can take over what it is to start from. */
async function checkNet(
  config: CellConfig,
  source: CellConfig | undefined,
  { shape, classes }: PlannedDataset,
  where: string,
): Promise<void> {
  const netOf = ({ net, options, input }: CellConfig): Promise<NetDescription> =>
    findNet(net, options, { shape: inputShape(shape, input), classes: classes.length });
  const net = await netOf(config);
  checkProcedures(config.evaluate.procedures, net, where);
  checkSnapshots(config, where);
  if (config.evaluate.lesions !== null && removableUnits(net).length === 0)
    throw new UserError(`${where}: evaluate.lesions: ${net.name} has no unit that keeps its shape.`);
  if (source === undefined || config.start === null) return;
  const there = netParameters(await netOf(source)).map(parameter => [parameter.name, parameter.shape] as const);
  takenOver(net, config.start, Object.fromEntries(there), where);
}

function checkCounts(
  { trainImages, batch, evaluate }: CellConfig,
  dataset: Pick<PlannedDataset, 'trainCount' | 'testCount'>,
  where: string,
): void {
  const check = (field: string, value: number | 'all', most: number): void => {
    if (value !== 'all' && value > most)
      throw new UserError(`${where}: ${field}: expected at most ${most}, the images there are, got ${value}.`);
  };
  check('trainImages', trainImages, dataset.trainCount);
  check('batch', batch, trainImages === 'all' ? dataset.trainCount : trainImages);
  check('evaluate.images', evaluate.images, dataset.testCount);
  check('evaluate.final', evaluate.final, dataset.testCount);
  check('evaluate.lesions', evaluate.lesions ?? 'all', dataset.testCount);
}

/** `bench baseline save`: freezes what the present code has measured. */

import { measure } from '../../api/measured.ts';
import { EXIT, UserError } from '../../core/errors.ts';
import type { GateThreshold, TierName } from '../../core/experiment.ts';
import {
  type Baseline,
  checkThresholds,
  diffBaselines,
  hasBaseline,
  isExact,
  type Measured,
  readBaseline,
  sealBaseline,
  writeBaseline,
} from '../../gate/index.ts';
import { loadExperiment } from '../../runner/experiments.ts';
import { type Plan, planExperiment } from '../../runner/plan.ts';
import { workingCheckout } from '../../runner/working-checkout.ts';
import { boundOf, FEWEST_SEEDS } from '../../stats/index.ts';
import { openRecordedStore } from '../../tracking/recorded-store.ts';
import type { Store } from '../../tracking/store.ts';
import { printJson } from '../output/json.ts';
import { changeTable } from './baseline-table.ts';

export interface SaveOptions {
  experiment?: string;
  tier: TierName;
  seeds?: number;
  set: readonly string[];
  force?: boolean;
  json?: boolean;
}

export async function saveBaseline(name: string, options: SaveOptions): Promise<number> {
  const id = options.experiment;
  if (!id) throw new UserError('baseline save: expected --experiment, the experiment whose runs are frozen.');
  const experiment = await loadExperiment(id);
  const thresholds = experiment.gate ?? [];
  if (thresholds.length > 0) checkThresholds(thresholds, id);
  const wanted = options.seeds ?? Math.max(experiment.tiers[options.tier]?.seeds ?? 1, ...(thresholds[0]?.looks ?? []));
  const { tier, set: settings } = options;
  const execution = { threads: 1, device: 'cpu' } as const;
  const plan = await planExperiment(experiment, { tier, settings, seeds: wanted, execution });
  const store = openRecordedStore();
  if (store === null) throw tooFew(id, options.tier, 0, wanted);
  try {
    const measured = await frozen(plan, store, thresholds, options.seeds);
    return keep(
      sealBaseline({ ...measured, name, savedAt: new Date().toISOString(), thresholds, ...whence() }),
      options,
    );
  } finally {
    store.close();
  }
}

/** Seeds from 1 on that every arm has finished, as many as there are or as were asked for. */
async function frozen(
  plan: Plan,
  store: Store,
  thresholds: readonly GateThreshold[],
  asked?: number,
): Promise<Measured> {
  const { experiment, tier, arms } = plan;
  const whole = await measure(plan, store, thresholds);
  const gap = plan.seeds.find(seed => arms.some(arm => whole.identity[arm.name]?.[seed] === undefined));
  const count = gap === undefined ? plan.seeds.length : gap - 1;
  const fewest = asked ?? thresholds[0]?.minimumSeeds ?? FEWEST_SEEDS;
  if (count < fewest) throw tooFew(experiment.id, tier, count, fewest);
  const measured = withSeeds(whole, plan.seeds.slice(0, count));
  refuseOdd(measured);
  for (const { metric } of thresholds) {
    if (isExact(metric) || measured.figures[metric]) continue;
    const known = Object.keys(measured.figures).join(', ');
    throw new UserError(`${experiment.id}: gate on ${metric}: no run has such a figure. Known: ${known}.`);
  }
  return measured;
}

function withSeeds(measured: Measured, seeds: readonly number[]): Measured {
  const cut = <T>(byArm: Record<string, Record<string, T>>): Record<string, Record<string, T>> =>
    mapValues(byArm, bySeed =>
      Object.fromEntries(Object.entries(bySeed).filter(([seed]) => seeds.includes(Number(seed)))),
    );
  return { ...measured, identity: cut(measured.identity), figures: mapValues(measured.figures, cut) };
}

function mapValues<T, U>(object: Record<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

/** JSON has no place for them, and nothing could be compared with them. */
function refuseOdd({ figures }: Measured): void {
  for (const [metric, byArm] of Object.entries(figures)) {
    for (const [arm, bySeed] of Object.entries(byArm)) {
      const odd = Object.entries(bySeed).find(([, figure]) => !Number.isFinite(boundOf(figure)));
      if (!odd) continue;
      const value = boundOf(odd[1]);
      throw new UserError(
        `${metric} of ${arm}, seed ${odd[0]}: expected a finite figure, got ${value}. Nothing was saved.`,
        { exitCode: EXIT.noData },
      );
    }
  }
}

function whence(): Pick<Baseline, 'commit' | 'dirty'> {
  const checkout = workingCheckout();
  if (checkout === null) return { commit: null, dirty: false };
  return { commit: checkout.commit, dirty: checkout.changed.length + checkout.added.length > 0 };
}

function keep(baseline: Baseline, { force = false, json = false }: SaveOptions): number {
  const before = hasBaseline(baseline.name) && !force ? readBaseline(baseline.name) : null;
  if (before) {
    const changes = diffBaselines(before, baseline);
    if (json) printJson({ saved: false, changes });
    else process.stdout.write(changes.length > 0 ? changeTable(changes) : 'The figures are the same.\n');
    throw new UserError(`baseline ${baseline.name} exists and was not changed. Give --force to replace it.`);
  }
  if (!force) requireCommitted();
  const path = writeBaseline(baseline);
  if (json) printJson({ saved: true, path, checksum: baseline.checksum });
  else process.stdout.write(`Saved: ${path}\n`);
  return EXIT.ok;
}

const tooFew = (id: string, tier: string, count: number, fewest: number): UserError =>
  new UserError(
    `${id}, ${tier}: expected at least ${fewest} seeds that every arm has finished with the present code, got ${count}. Run "npx bench run ${id} --tier ${tier} --seeds ${fewest}" first.`,
    { exitCode: EXIT.noData },
  );

/** Who reviews a baseline wants to check out the code that it is of. New files may come with its own commit. */
function requireCommitted(): void {
  const changed = workingCheckout()?.changed ?? [];
  if (changed.length === 0) return;
  const others = changed.length > 1 ? ` and ${changed.length - 1} more` : '';
  throw new UserError(
    `baseline save: expected a checkout without changes, got ${changed[0]}${others} that are not committed: nobody could check this code out. Commit first, or give --force. Nothing was saved.`,
  );
}

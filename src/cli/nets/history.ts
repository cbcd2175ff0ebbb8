/** `bench history`: the registry's nets, the experiments that use them and their records, as one page or as JSON. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeFileAtomically } from '../../core/atomic-file.ts';
import type { ConfigPatch } from '../../core/cell-config.ts';
import { describeError, EXIT, type ExitCode, UserError } from '../../core/errors.ts';
import type { Experiment } from '../../core/experiment.ts';
import type { NetDefinition } from '../../core/net.ts';
import { allNets } from '../../nets/index.ts';
import {
  DESCENT,
  figureRow,
  type History,
  type HistoryNet,
  LINEAGE,
  publishedFigures,
  renderHistory,
} from '../../report/history/index.ts';
import type { ExperimentRecord } from '../../report/records/record.ts';
import { readRecord } from '../../report/records/record-file.ts';
import { allSpecs, isTrained } from '../../runner/experiments.ts';
import { printJson } from '../output/json.ts';
import { askedNet } from './asked.ts';
import { drawAskedNets } from './draw.ts';
import { ownErrors } from './history-own.ts';
import { summariseNet } from './summary.ts';

export interface HistoryOptions {
  out: string;
  drawings?: boolean;
  json?: boolean;
}

export async function historyCommand({ out, drawings, json }: HistoryOptions): Promise<ExitCode> {
  if (json) {
    printJson(rowsOf(await gatherHistory('')));
    return EXIT.ok;
  }
  writing(out, () => mkdirSync(dirname(out), { recursive: true }));
  if (drawings) await drawAll(dirname(out));
  const page = await renderHistory(await gatherHistory(dirname(out)));
  writing(out, () => writeFileAtomically(out, [Buffer.from(page)]));
  process.stdout.write(`${out}\n`);
  return EXIT.ok;
}

async function drawAll(folder: string): Promise<void> {
  for (const name of (await allNets()).keys()) {
    await drawAskedNets([name], [await askedNet(name, { set: [] })], { out: join(folder, `${name}.html`) });
  }
}

interface Recorded {
  experiment: Experiment;
  record: ExperimentRecord | null;
}

/** Drawings are looked for in `folder`. */
export async function gatherHistory(folder: string): Promise<History> {
  const experiments = (await allSpecs()).filter(isTrained);
  const recorded = experiments.map(experiment => ({ experiment, record: readRecord(experiment.id) }));
  const nets = [...(await allNets()).values()].map(net => historyNet(net, recorded, folder));
  return {
    nets: nets.sort((a, b) => a.year - b.year),
    claims: recorded.flatMap(recordedClaims),
    errors: (await Promise.all(recorded.map(({ experiment, record }) => ownErrors(experiment, record)))).flat(),
    generatedAt: new Date(),
  };
}

function rowsOf({ nets, claims, errors }: History): object {
  return { nets, published: publishedFigures(nets).map(figureRow), lineage: LINEAGE, descent: DESCENT, claims, errors };
}

function historyNet(net: NetDefinition, recorded: readonly Recorded[], folder: string): HistoryNet {
  const { name } = net;
  const experiments = recorded
    .filter(({ experiment }) => netsOf(experiment).has(name))
    .map(({ experiment: { id, title }, record }) => ({ id, title, verdict: record?.verdict ?? null }));
  const drawing = folder !== '' && existsSync(join(folder, `${name}.html`)) ? `${name}.html` : null;
  return { ...summariseNet(net), experiments, drawing };
}

/** Of its base, its levels and its tiers. */
function netsOf({ base, factors, tiers }: Experiment): Set<string> {
  const own = Object.values(tiers).flatMap(tier => tier ?? []);
  const allFactors = [factors, ...own.flatMap(tier => (tier.factors ? [tier.factors] : []))];
  const levels = allFactors.flatMap(some => Object.values(some)).flatMap(factor => Object.values(factor));
  const configs: ConfigPatch[] = [base, ...levels, ...own.flatMap(tier => [tier.base ?? {}, tier.config ?? {}])];
  return new Set(configs.flatMap(({ net }) => net ?? []));
}

function recordedClaims({ experiment, record }: Recorded): History['claims'] {
  return experiment.claims.flatMap(({ id, statement, unit, published }) => {
    const found = record?.claims.find(claim => claim.id === id);
    if (!found) return [];
    const { verdict, effect, interval } = found;
    return [{ experiment: experiment.id, statement, unit, published, verdict, effect, interval }];
  });
}

function writing(path: string, write: () => unknown): void {
  try {
    write();
  } catch (error) {
    throw new UserError(
      `${path}: the page cannot be written (${describeError(error)}). Name another file with --out.`,
      { exitCode: EXIT.noData, cause: error },
    );
  }
}

/** Two runs side by side: what is not the same in what they were given, where they ran and what came out. */
import type { Json } from '../core/ids.ts';
import type { Curve, Provenance } from '../core/results.ts';
import { curves } from './curves.ts';
import { leavesOf, provenanceOf } from './provenance.ts';
import { type RunDetail, runDetail } from './run-detail.ts';
import type { Store } from './store.ts';

/** Null: the run has none of that name. */
export interface Difference {
  what: string;
  first: Json;
  second: Json;
}

export interface FigureDifference {
  metric: string;
  first: number | null;
  second: number | null;
}

export interface CurveDifference {
  metric: string;
  /** The first step at which the values are not bit for bit the same, or one has none. */
  step: number;
  first: number | null;
  second: number | null;
  /** Steps that both have, and how many of them agree. */
  shared: number;
  agreeing: number;
}

export interface RunDiff {
  runs: [string, string];
  /** Nothing below differs, but for what is measured anew each time, commits that hold the same code, and the place among equal ones. */
  same: boolean;
  config: Difference[];
  code: Difference[];
  data: Difference[];
  environment: Difference[];
  figures: FigureDifference[];
  curves: CurveDifference[];
  /** Speed and memory: never twice the same, and no result of the net. */
  measured: FigureDifference[];
}

const MEASURED = /^(imagesPerSecond|peakMemoryBytes|durationMs|system\..*)$/;

/** Of the code: what ran. Two commits may hold the same of it. */
const DECISIVE = /^code\.(codeHash|lockfileHash)$/;
/** Of the environment: which of equal places a run was given. */
const INCIDENTAL = /^(execution\.pinned|machine\.hostname|execution\.variables\.SLURM_JOB_ID)$/;

export function diffRuns(store: Store, firstPrefix: string, secondPrefix: string): RunDiff {
  return store.read(() => {
    const runs = [runDetail(store, firstPrefix), runDetail(store, secondPrefix)] as const;
    const figures = figureDifferences(runs[0].metrics, runs[1].metrics);
    const parts = {
      config: differences(configOf(runs[0]), configOf(runs[1])),
      ...provenanceParts(store, runs[0].id, runs[1].id),
      figures: figures.filter(({ metric }) => !MEASURED.test(metric)),
      curves: curveDifferences(curves(store, { runs: [runs[0].id] }), curves(store, { runs: [runs[1].id] })),
    };
    const code = parts.code.filter(({ what }) => DECISIVE.test(what));
    const environment = parts.environment.filter(({ what }) => !INCIDENTAL.test(what));
    const same = Object.values({ ...parts, code, environment }).every(list => list.length === 0);
    return {
      runs: [runs[0].id, runs[1].id],
      same,
      ...parts,
      measured: figures.filter(({ metric }) => MEASURED.test(metric)),
    };
  });
}

function configOf({ cell, experiment, tier, arm, seed, params }: RunDetail): Map<string, Json> {
  const named = { experiment, tier, arm, seed, spec: cell.specHash };
  return new Map<string, Json>([...Object.entries(named), ...Object.entries(params)]);
}

/** What is in no group of another name is the environment: machine, packages, TensorFlow, execution. */
function provenanceParts(store: Store, first: string, second: string): Pick<RunDiff, 'code' | 'data' | 'environment'> {
  const found = provenanceOf(store, [first, second]);
  const [one, two] = [leavesIn(found.get(first)), leavesIn(found.get(second))];
  const all = differences(one, two);
  const group = (name: string) => all.filter(({ what }) => what.startsWith(`${name}.`));
  const rest = all.filter(({ what }) => !/^(code|data)\./.test(what) && what !== 'command');
  return { code: group('code'), data: group('data'), environment: rest };
}

const leavesIn = (provenance: Provenance | undefined): Map<string, Json> =>
  provenance === undefined ? new Map() : leavesOf(provenance as unknown as Json);

function differences(first: ReadonlyMap<string, Json>, second: ReadonlyMap<string, Json>): Difference[] {
  const names = [...new Set([...first.keys(), ...second.keys()])];
  return names
    .map(what => ({ what, first: first.get(what) ?? null, second: second.get(what) ?? null }))
    .filter(one => JSON.stringify(one.first) !== JSON.stringify(one.second));
}

function figureDifferences(first: Record<string, number>, second: Record<string, number>): FigureDifference[] {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
  return names
    .map(metric => ({ metric, first: first[metric] ?? null, second: second[metric] ?? null }))
    .filter(one => !Object.is(one.first, one.second));
}

function curveDifferences(first: readonly Curve[], second: readonly Curve[]): CurveDifference[] {
  const names = [...new Set([...first, ...second].map(curve => curve.metric))].sort();
  return names.flatMap(metric => {
    const [one, two] = [pointsOf(first, metric), pointsOf(second, metric)];
    const steps = [...new Set([...one.keys(), ...two.keys()])].sort((a, b) => a - b);
    const step = steps.find(at => !Object.is(one.get(at), two.get(at)));
    if (step === undefined) return [];
    const shared = steps.filter(at => one.has(at) && two.has(at));
    const agreeing = shared.filter(at => Object.is(one.get(at), two.get(at))).length;
    const values = { first: one.get(step) ?? null, second: two.get(step) ?? null };
    return [{ metric, step, ...values, shared: shared.length, agreeing }];
  });
}

const pointsOf = (all: readonly Curve[], metric: string): Map<number, number> =>
  new Map(all.find(curve => curve.metric === metric)?.points ?? []);

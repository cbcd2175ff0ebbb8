/**
 * An ensemble of the states that one run's net went through: the soft-max outputs of its last evaluations, averaged. What
 * each of them said is kept on the way, so no weights are.
 */
import { join } from 'node:path';
import type { CellConfig } from '../../core/cell-config.ts';
import { UserError } from '../../core/errors.ts';
import { type Predictions, predictionsPath, readPredictions } from '../../core/predictions.ts';
import type { Procedure } from '../../core/procedure.ts';
import { type ProcedureFigures, Tally } from './tally.ts';

type Schedule = Pick<CellConfig, 'steps' | 'evaluate'>;

/** Steps after which what the net says of the test set is kept: those of the last evaluations; none if nobody asks. */
export function snapshotSteps({ steps, evaluate: { every, procedures } }: Schedule): number[] {
  const evaluated = Array.from({ length: Math.ceil(steps / every) }, (_, i) => Math.min((i + 1) * every, steps));
  return evaluated.slice(Math.max(0, evaluated.length - countOf(procedures)));
}

/** Before anything is trained: throws `UserError` if there will be fewer evaluations than are to be averaged. */
export function checkSnapshots(config: Schedule, where: string): void {
  const [asked, there] = [countOf(config.evaluate.procedures), snapshotSteps(config).length];
  if (asked === there) return;
  const expected = `expected at least ${asked} evaluations, got ${there} in ${config.steps} steps`;
  throw new UserError(`${where}: snapshots: ${expected}. Choose a smaller count or evaluate.every.`);
}

/** Predictions by the single crop, as they are kept on the way. */
export const snapshotPath = (runFolder: string, step: number): string => join(runFolder, 'snapshots', `${step}.bin`);

/** Keeps the average in the run's folder, as predictions of a procedure, and sums it up. */
export function averageSnapshots(config: Schedule, runFolder: string): ProcedureFigures {
  const members = snapshotSteps(config).map(step => readPredictions(snapshotPath(runFolder, step)));
  const last = members.at(-1) as Predictions;
  const tally = new Tally({ ...last.about, procedure: 'snapshots' });
  for (let i = 0; i < last.count; i++) tally.add(last.labels[i] as number, meanOf(members, i));
  tally.write(predictionsPath(runFolder, 'snapshots'));
  return tally.figures();
}

const countOf = (procedures: readonly Procedure[]): number =>
  procedures.reduce((count, procedure) => (procedure.kind === 'snapshots' ? procedure.count : count), 0);

function meanOf(members: readonly Predictions[], image: number): Float32Array {
  const rows = members.map(member => member.probabilities(image));
  return (rows[0] as Float32Array).map((_, k) => rows.reduce((sum, row) => sum + (row[k] as number), 0) / rows.length);
}

import { beforeEach, describe, expect, test } from 'vitest';
import type { CellConfig } from '../../src/core/cell-config.ts';
import { predictionsPath, readPredictions } from '../../src/core/predictions.ts';
import type { Procedure } from '../../src/core/procedure.ts';
import { averageSnapshots, snapshotPath, snapshotSteps, Tally } from '../../src/runner/procedures/index.ts';
import { checkSnapshots } from '../../src/runner/procedures/snapshots.ts';
import { newFolder } from '../new-folder.ts';

const about = { procedure: 'single-crop', run: 'abc', dataset: 'made-up', fingerprint: 'f', classes: ['a', 'b', 'c'] };
const schedule = (steps: number, every: number, procedures: Procedure[] = [{ kind: 'snapshots', count: 3 }]) =>
  ({ steps, evaluate: { every, procedures } }) as unknown as CellConfig;

describe('the steps', () => {
  test.each([
    [100, 20, [60, 80, 100]],
    [90, 20, [60, 80, 90]],
    [30, 10, [10, 20, 30]],
  ])('of the last three of %i steps, every %i', (steps, every, expected) => {
    expect(snapshotSteps(schedule(steps, every))).toEqual(expected);
  });

  test('none if nobody asks', () => {
    expect(snapshotSteps(schedule(100, 20, [{ kind: 'ten-crop' }]))).toEqual([]);
  });

  test('too few evaluations are refused before anything is trained', () => {
    expect(() => checkSnapshots(schedule(100, 60), 'a spec')).toThrow(
      /^a spec: snapshots: expected at least 3 evaluations, got 2 in 100 steps\. Choose a smaller count/,
    );
    expect(() => checkSnapshots(schedule(100, 20), 'a spec')).not.toThrow();
    expect(() => checkSnapshots(schedule(100, 60, []), 'a spec')).not.toThrow();
  });
});

describe('the average', () => {
  let folder: string;
  beforeEach(() => {
    folder = newFolder();
  });

  /** Of two images, whose classes are 0 and 1. */
  function keep(step: number, rows: number[][]): void {
    const tally = new Tally({ ...about, step });
    for (const [label, row] of rows.entries()) tally.add(label, Float32Array.from(row));
    tally.write(snapshotPath(folder, step));
  }

  test('is that of the soft-max outputs, and what is kept gives its figures', () => {
    keep(10, [
      [0.5, 0.25, 0.25],
      [0.6, 0.4, 0],
    ]);
    keep(20, [
      [0.2, 0.7, 0.1],
      [0.5, 0.5, 0],
    ]);
    keep(30, [
      [0.8, 0.1, 0.1],
      [0.1, 0.9, 0],
    ]);
    const figures = averageSnapshots(schedule(30, 10), folder);
    expect(figures.top1).toBe(0);
    expect(figures.loss).toBeCloseTo((-Math.log(0.5) - Math.log(0.6)) / 2, 4);
    const kept = readPredictions(predictionsPath(folder, 'snapshots'));
    expect(kept.about).toEqual({ ...about, procedure: 'snapshots', step: 30 });
    expect([...kept.chosen]).toEqual([0, 1]);
    for (const [k, value] of [1.2 / 3, 1.8 / 3, 0].entries())
      expect(Math.abs((kept.probabilities(1)[k] as number) - value)).toBeLessThan(1e-4);
  });

  test('without what was kept on the way: one line with the file', () => {
    expect(() => averageSnapshots(schedule(30, 10), folder)).toThrow(
      /snapshots\/10\.bin: expected a run's predictions/,
    );
  });
});

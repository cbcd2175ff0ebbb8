import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readTrainedRun } from '../../src/cli/trained/trained-run.ts';
import { verifyRun } from '../../src/cli/trained/verify.ts';
import { EXIT } from '../../src/core/errors.ts';
import { runFiles } from '../../src/core/places.ts';
import { saveCheckpoint } from '../../src/runner/checkpoints.ts';
import { track } from '../../src/track/index.ts';
import { finishedRun, makeCell } from '../tracking/events.ts';
import { newPlace, writeJournal } from '../tracking/journals.ts';

const RUN = 'abc123abc123';

function placeWithRun() {
  const place = newPlace();
  vi.stubEnv('BENCH_DIR', place.dir);
  const cell = makeCell();
  writeJournal(place, RUN, finishedRun(RUN));
  const folder = join(place.runs, RUN);
  writeFileSync(join(folder, runFiles.spec), JSON.stringify({ run: RUN, cell }));
  return { folder, cell };
}

test('a run of another program has nothing to verify and no checkpoint: one line says so', async () => {
  placeWithRun();
  const run = track({ experiment: 'elsewhere' });
  run.log({ loss: 1 });
  run.finish();
  await expect(verifyRun(run.id, {})).rejects.toMatchObject({
    message: `run ${run.id} was trained by another program, which bench has only recorded: it has no spec by which it could be run again.`,
    exitCode: EXIT.noData,
  });
  expect(() => readTrainedRun(run.id)).toThrow(/^run \w+ was trained by another program, .*: it has no checkpoint/);
});

test('a run whose last checkpoint is damaged is read from the one before it, with a word, and nothing is changed', () => {
  const { folder, cell } = placeWithRun();
  expect(() => readTrainedRun(RUN)).toThrow(/has no checkpoint in .*: it ended before its first one was due/);
  const save = (step: number) =>
    saveCheckpoint(folder, {
      step,
      identity: cell.identity,
      shapes: { 'a/kernel': [1] },
      values: { 'a/kernel': Float32Array.of(step) },
    });
  save(1);
  save(2);
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(readTrainedRun(RUN)).toMatchObject({ step: 2 });
  expect(told).not.toHaveBeenCalled();
  const last = join(folder, runFiles.checkpoint);
  const damaged = readFileSync(last);
  damaged.fill(0xff, damaged.length - 2);
  writeFileSync(last, damaged);
  const run = readTrainedRun(RUN);
  expect([run.step, run.weights['a/kernel']]).toEqual([1, Float32Array.of(1)]);
  expect(told.mock.calls.flat().join('')).toMatch(/^.*checksum.*The checkpoint before it is used instead\.\n$/);
  expect(readFileSync(last)).toEqual(damaged);
  told.mockRestore();
});

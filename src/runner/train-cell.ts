/** One attempt at a cell, from its spec to its final figures: data, engine and journal meet here. */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CellConfig } from '../core/cell-config.ts';
import type { ImageSet } from '../core/dataset.ts';
import { refusal } from '../core/errors.ts';
import type { Cell } from '../core/experiment.ts';
import { type EndState, toWire } from '../core/journal.ts';
import { runFiles } from '../core/places.ts';
import { type Batch, trainingBatches } from '../data/index.ts';
import type { TensorFlow } from '../engine/backend.ts';
import type { Checkpoint } from '../engine/checkpoint.ts';
import { loadTensorFlow } from '../engine/tensorflow.ts';
import { Trainer } from '../engine/trainer.ts';
import { findNet } from '../nets/index.ts';
import { type Attempt, announceFromCheckpoint, describeMachine, requireSameCode, requireSameData } from './attempt.ts';
import { type CellData, loadCellData } from './cell-data.ts';
import { dropPreviousCheckpoint, saveCheckpoint } from './checkpoints.ts';
import { evaluate, evaluationBatch } from './evaluate.ts';
import { finalFigures } from './final-figures.ts';
import { journalEvents } from './journal-events.ts';
import type { JournalWriter } from './journal-writer.ts';
import { Stopped } from './stop-request.ts';
import { keptPredictions, type Tested, testFigures } from './test-figures.ts';
import { startWeights } from './warm-start.ts';

/** What a kill can cost. A checkpoint of a small net takes milliseconds. */
const CHECKPOINT_INTERVAL_MS = 15_000;

export interface AttemptOutcome {
  state: EndState;
  reason?: string;
}

/** Throws what goes wrong with machine, data or code. A loss that is not finite is an outcome: failed, with its step. */
export async function trainCell(attempt: Attempt): Promise<AttemptOutcome> {
  const { cell } = attempt.spec;
  const checkpoint = announceFromCheckpoint(attempt);
  await requireSameCode(attempt.spec);
  const tf = await loadTensorFlow(cell.execution);
  describeMachine(attempt, tf);
  const data = await loadCellData(cell.config);
  requireSameData(attempt.spec, data);
  const tested = await prepare(tf, attempt, data, checkpoint);
  const outcome = await trainFrom(checkpoint?.step ?? 0, attempt, tested).catch(stoppedWhileTested);
  tested.trainer.dispose();
  return outcome;
}

async function prepare(
  tf: TensorFlow,
  { spec, journal, heartbeat, stop }: Attempt,
  data: CellData,
  checkpoint?: Checkpoint,
): Promise<Tested> {
  const { dataset, format, trainImages } = data;
  const { config, seed, codeHash } = spec.cell;
  const net = await findNet(config.net, config.options, { shape: format.shape, classes: dataset.classes.length });
  const weights = checkpoint ? {} : startWeights(spec, net);
  const options = { net, config, seed, weights, evaluationBatch: evaluationBatch(net.input), trainImages, codeHash };
  const trainer = await Trainer.create(tf, options);
  if (checkpoint) trainer.restore(checkpoint);
  journal.append({ type: 'heartbeat', time: Date.now(), step: checkpoint?.step ?? 0 });
  const pause = async (): Promise<void> => {
    await nextTurn(); // signals are delivered here
    stop.throwIfAsked();
    heartbeat.beatIfDue();
  };
  return { tf, trainer, net, data, pause };
}

/** Training is over and its checkpoint is kept: the next attempt has only to test. */
function stoppedWhileTested(error: unknown): AttemptOutcome {
  if (!(error instanceof Stopped)) throw error;
  return { state: 'killed', reason: `stopped by ${error.message} while the net was tested, checkpoint kept` };
}

async function trainFrom(fromStep: number, attempt: Attempt, tested: Tested): Promise<AttemptOutcome> {
  const { trainer, data } = tested;
  const { spec, journal, heartbeat, stop, onStep } = attempt;
  const { config } = spec.cell;
  const durationsMs: number[] = [];
  const save = checkpointer(attempt, trainer);
  const batchOf = batchesOf(spec.cell, data);
  const lastStep = Math.min(config.steps, spec.stopAfter ?? config.steps);
  for (let step = fromStep; step < lastStep; step++) {
    await nextTurn(); // signals are delivered here
    if (stop.reason) {
      save(step, 'now');
      return { state: 'killed', reason: `stopped by ${stop.reason} after step ${step}, checkpoint kept` };
    }
    const startMs = performance.now();
    const { images, labels } = batchOf(step);
    const result = trainer.train(step, images, labels);
    durationsMs.push(performance.now() - startMs);
    record(journal, step + 1, { 'train.loss': result.loss, 'train.top1': result.top1 });
    onStep(step + 1);
    heartbeat.beatIfDue();
    if (!Number.isFinite(result.loss)) return diverged(journal, step + 1, result.loss);
    if (isEvaluated(step + 1, config)) record(journal, step + 1, evaluateAll(attempt, tested, step + 1));
    save(step + 1, 'when due');
  }
  save(lastStep, 'now'); // what `bench weights export` gives is the end of the run
  if (lastStep === config.steps) await finish(attempt, tested, durationsMs);
  return { state: 'finished' };
}

function batchesOf({ config, seed }: Cell, { dataset, train, trainImages }: CellData): (step: number) => Batch {
  const { input, batch } = config;
  return trainingBatches({ dataset, train, count: trainImages, input, batch, seed });
}

function record(journal: JournalWriter, step: number, values: Record<string, number>): void {
  const wire = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toWire(value)]));
  journal.append({ type: 'points', time: Date.now(), step, values: wire });
}

/** A diverged cell is a result like another: the figure `diverged` is the step, and the cell is not run again. */
function diverged(journal: JournalWriter, step: number, loss: number): AttemptOutcome {
  journal.append({ type: 'metric', time: Date.now(), name: 'diverged', value: step });
  return { state: 'failed', reason: `diverged: the training loss is ${loss} at step ${step}` };
}

const isEvaluated = (step: number, { steps, evaluate }: CellConfig): boolean =>
  step === steps || step % evaluate.every === 0;

/** Test images and those held out, by the same procedure. What is to be kept is said of as many as at the last step. */
function evaluateAll(attempt: Attempt, { trainer, data }: Tested, step: number): Record<string, number> {
  const { spec, heartbeat } = attempt;
  const { config } = spec.cell;
  const figures = Object.entries(data.evaluated).flatMap(([part, set]) => {
    const kept = part === 'test' ? keptPredictions(attempt, data.dataset, step) : undefined;
    const count = imagesOf(set, kept || step === config.steps ? config.evaluate.final : config.evaluate.images);
    const means = evaluate(trainer, set, data.format, count, heartbeat, kept?.add);
    kept?.write();
    return Object.entries(means).map(([name, mean]) => [`${part}.${name}`, mean] as const);
  });
  return Object.fromEntries(figures);
}

const imagesOf = ({ count }: ImageSet, images: number | 'all'): number =>
  images === 'all' ? count : Math.min(images, count);

/** A checkpoint that is ahead of the journal would lose the steps between: none is written once the journal is another's. */
function checkpointer(
  { folder, spec, journal }: Attempt,
  trainer: Trainer,
): (step: number, when: 'now' | 'when due') => void {
  let savedAtMs = performance.now();
  return (step, when) => {
    if (when === 'when due' && performance.now() - savedAtMs < CHECKPOINT_INTERVAL_MS) return;
    if (!journal.isCurrent()) throw refusal('another attempt has taken this run over.');
    saveCheckpoint(folder, { step, identity: spec.cell.identity, ...trainer.state() });
    savedAtMs = performance.now();
  };
}

/** Final figures come from the journal, not from memory: a resumed run has them from all its attempts. */
async function finish(attempt: Attempt, tested: Tested, durationsMs: readonly number[]): Promise<void> {
  const { folder, spec, journal } = attempt;
  const note = (figures: Record<string, number>): void => {
    for (const [name, value] of Object.entries(figures))
      journal.append({ type: 'metric', time: Date.now(), name, value: toWire(value) });
  };
  note(finalFigures(journalEvents(join(folder, runFiles.journal)), spec.cell.config, durationsMs));
  note(await testFigures(tested, spec, folder));
  dropPreviousCheckpoint(folder);
}

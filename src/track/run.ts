import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { keepArtifact } from '../core/artifact-store.ts';
import { describeError, refusal, UserError } from '../core/errors.ts';
import { type Json, newRunId } from '../core/ids.ts';
import { type EndState, type JournalEvent, toWire } from '../core/journal.ts';
import { artifactsDir, benchDir, runDir, runFiles } from '../core/places.ts';
import { thisProcess } from '../core/process.ts';
import { trackedCell } from '../core/tracked-cell.ts';
import { type JournalWriter, openJournal } from '../runner/journal-writer.ts';
import { startHeartbeat } from './heartbeat.ts';
import { requireEnd, requireFigures } from './input.ts';
import { PointsFrame } from './points-frame.ts';
import { forgetProcessEnd, watchProcessEnd } from './process-end.ts';
import { trackedProvenance } from './provenance.ts';

/** What `track()` is told of a run. `experiment` or `project` is needed. */
export interface TrackOptions {
  /** What the run belongs to. Runs of one experiment are compared with each other. `project` is another word for it. */
  experiment?: string;
  project?: string;
  /** What is varied between runs ("resnet-34", "lr=0.1"); default: `name`, else "default". */
  arm?: string;
  /** Factor → level, if arms are combinations: `{ depth: '34', shortcuts: 'none' }`. */
  levels?: Record<string, string>;
  /** Runs of one arm differ in their seed; pairs of arms share it. Default 0. */
  seed?: number;
  /** For people. */
  name?: string;
  /** Anything that JSON can hold; shown, searched and compared by dotted name. Put no secrets here. */
  config?: Record<string, Json>;
  tags?: readonly string[];
  /** Steps that are planned, if known: for progress. */
  steps?: number;
  /** Where `runs/` is; default: `BENCH_DIR`, else `.bench` in the current folder. */
  dir?: string;
  /** Log `system.cpu` (busy processors) and `system.memory` (bytes) every ten seconds. Default true. */
  systemMetrics?: boolean;
  /** Note SIGINT, SIGTERM and SIGHUP as *killed* before they end the process. Default true. */
  signals?: boolean;
}

/**
 * One run that this process trains. Every method throws a `UserError` of one line if its input is wrong or the disk
 * refuses; the journal stays valid, and the next call may succeed. A run whose process ends without `finish` is found
 * *finished* after exit code 0, *failed* after another one, *killed* after a signal, *crashed* after kill -9.
 */
export class TrackedRun {
  readonly id: string;
  /** Of this run alone; whatever the program puts here stays with it. */
  readonly folder: string;
  readonly #artifacts: string;
  readonly #journal: JournalWriter;
  readonly #frame = new PointsFrame();
  readonly #summary = new Map<string, number>();
  readonly #stopHeartbeat: () => void;
  #step = 0;
  #lastEventAtMs = 0;
  #open = true;

  /** Call `track`. */
  constructor(options: TrackOptions) {
    this.id = newRunId();
    this.folder = runDir(this.id, options.dir ?? benchDir());
    this.#artifacts = artifactsDir(options.dir);
    const cell = trackedCell(subjectOf(this.id, options));
    makeFolder(this.folder);
    this.#journal = openJournal(join(this.folder, runFiles.journal));
    this.#announce(cell);
    this.#stopHeartbeat = startHeartbeat({
      lastEventAt: () => this.#lastEventAtMs,
      beat: () => this.#append({ type: 'heartbeat', time: Date.now(), step: this.#step }),
      measure: options.systemMetrics === false ? undefined : values => this.#points(values, this.#step),
    });
    watchProcessEnd(this, options.signals ?? true);
  }

  /**
   * Numbers at a step, NaN and infinities too. Once this returns, they survive the end of the process, also by kill -9;
   * of a power cut they are safe after a second. Takes a few microseconds.
   * @param step finished steps, a whole number of at least 0; default: one more than the last. The same metric at the
   * same step replaces the earlier value.
   */
  log(values: Readonly<Record<string, number>>, step: number = this.#step + 1): void {
    requireFigures('log', values);
    if (!Number.isSafeInteger(step) || step < 0) throw badStep(step);
    this.#points(values, step);
    this.#step = step;
  }

  /** Final figures, by which runs are compared. What is not given here is the last value that was logged. */
  summary(values: Readonly<Record<string, number>>): void {
    requireFigures('summary', values);
    const wrong = Object.entries(values).find(([, value]) => typeof value !== 'number');
    if (wrong) throw new UserError(`summary: ${wrong[0]}: expected a number, got ${typeof wrong[1]}.`);
    for (const [name, value] of Object.entries(values)) {
      this.#append({ type: 'metric', time: Date.now(), name, value: toWire(value) });
      this.#summary.set(name, value);
    }
  }

  /** Keeps a copy of a file (its path) or of bytes under a name such as "weights/last.bin"; equal content is stored once. */
  artifact(name: string, content: string | Uint8Array): void {
    this.#requireOpen();
    this.#append({ type: 'artifact', time: Date.now(), ...keepArtifact(this.folder, name, content, this.#artifacts) });
  }

  /** Ends the run; a second call does nothing. Once this returns, all of it survives the machine. */
  finish(state: EndState = 'finished', reason?: string): void {
    if (!this.#open) return;
    requireEnd(state, reason);
    for (const [name, value] of this.#frame.lastValues()) {
      if (!this.#summary.has(name) && !name.startsWith('system.')) this.summary({ [name]: value });
    }
    this.#append({ type: 'end', time: Date.now(), state, step: this.#step, ...(reason !== undefined && { reason }) });
    this.#close();
  }

  /** Ends the run as failed, with the error's message as reason. Does not throw it. */
  fail(error: unknown): void {
    this.finish('failed', describeError(error));
  }

  #announce(cell: Json): void {
    this.#append({ type: 'attempt', time: Date.now(), run: this.id, attempt: 1, ...thisProcess(), fromStep: 0 });
    this.#append({ type: 'cell', time: Date.now(), cell });
    this.#append({ type: 'provenance', time: Date.now(), provenance: trackedProvenance() });
  }

  #points(values: Readonly<Record<string, number>>, step: number): void {
    this.#requireOpen();
    const now = Date.now();
    this.#journal.appendFrame(this.#frame.encode(now, step, values), now);
    this.#frame.written(values);
    this.#lastEventAtMs = now;
  }

  #append(event: JournalEvent): void {
    this.#requireOpen();
    this.#journal.append(event);
    this.#lastEventAtMs = event.time;
  }

  #requireOpen(): void {
    if (!this.#open)
      throw new UserError(`run ${this.id} has ended: expected no more of it. Start another with track().`);
  }

  #close(): void {
    this.#open = false;
    this.#stopHeartbeat();
    forgetProcessEnd(this);
    this.#journal.close();
  }
}

function subjectOf(run: string, options: TrackOptions): Parameters<typeof trackedCell>[0] {
  const experiment = options.experiment ?? options.project;
  if (experiment === undefined)
    throw new UserError('track: expected an experiment to file the run under, got none: track({ experiment: "…" }).');
  const { name, levels = {}, seed = 0, config = {}, tags = [], steps } = options;
  return { run, experiment, arm: options.arm ?? name ?? 'default', levels, seed, name, tags, config, steps };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw refusal(`${folder}: could not be made: ${describeError(cause)}. Choose another place with BENCH_DIR.`, cause);
  }
}

const badStep = (step: unknown): UserError =>
  new UserError(`log: step: expected a whole number of at least 0, got ${String(step)}.`);

import { appendFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { UserError } from '../core/errors.ts';
import type { Json } from '../core/ids.ts';
import {
  type EndState,
  encodeFrame,
  JOURNAL_MAGIC,
  type JournalEvent,
  toWire,
  type WireNumber,
} from '../core/journal.ts';
import { trackedCell } from '../core/tracked-cell.ts';
import type { RunRecord } from './run-record.ts';
import type { FoundPoint } from './source.ts';

const MAX_NAME_LENGTH = 250;
/** Each is kept in mind until the end. */
const MAX_METRICS = 100_000;

export interface ImportedRun extends Partial<RunRecord> {
  id: string;
  experiment: string;
  arm: string;
  /** An export of ours: its figures are all there were. */
  isWhole: boolean;
}

/** The journal of a run that somebody else recorded. Points of one step and time become one event. */
export class ImportedJournal {
  readonly #path: string;
  readonly #run: ImportedRun;
  readonly #origin: Json;
  readonly #metrics: Map<string, number>;
  #parts: Buffer[] = [];
  #bytes = 0;
  /** A map: a metric may be called `__proto__`. */
  #pending: { step: number; time: number; values: Map<string, WireNumber> } | undefined;
  #step = 0;
  #timeMs: number | null = null;
  #last = new Map<string, { step: number; value: number }>();

  constructor(path: string, run: ImportedRun, origin: Json) {
    this.#path = path;
    this.#run = run;
    this.#origin = origin;
    this.#metrics = new Map(Object.entries(run.metrics ?? {}));
  }

  /** Bytes that are not on the disk yet. */
  get bufferedBytes(): number {
    return this.#bytes;
  }

  /** Throws one line, `where` in front, if a step or a name cannot be. */
  points(points: readonly FoundPoint[], where: string): void {
    for (const { metric, step, value, time } of points) {
      if (!Number.isSafeInteger(step) || step < 0)
        throw wrong(where, 'a step that is a whole number of at least 0', step);
      if (metric === '' || metric.length > MAX_NAME_LENGTH)
        throw wrong(where, `names of 1 to ${MAX_NAME_LENGTH} characters`, metric);
      if (this.#last.size > MAX_METRICS) throw wrong(where, `at most ${MAX_METRICS} metrics in a run`, metric);
      this.#begin(time);
      this.#add(metric, step, value, time ?? (this.#timeMs as number));
    }
  }

  metrics(metrics: Record<string, number>): void {
    for (const [name, value] of Object.entries(metrics)) this.#metrics.set(name, value);
  }

  /** The last events: figures, and how it ended. */
  finish(): void {
    this.#begin(null);
    this.#settle();
    const time = this.#run.endedAt ?? (this.#timeMs as number);
    if (!this.#run.isWhole)
      for (const [name, { value }] of this.#last) if (!this.#metrics.has(name)) this.#metrics.set(name, value);
    for (const [name, value] of this.#metrics) this.#write({ type: 'metric', time, name, value: toWire(value) });
    this.#write({ type: 'end', time, step: this.#step, ...endOf(this.#run) });
    this.flush();
  }

  flush(): void {
    if (this.#bytes > 0) appendFileSync(this.#path, Buffer.concat(this.#parts), { mode: 0o600 });
    this.#parts = [];
    this.#bytes = 0;
  }

  /** It begins when its first point was, if nothing else says when. */
  #begin(firstTimeMs: number | null): void {
    if (this.#timeMs !== null) return;
    const time = this.#run.startedAt ?? firstTimeMs ?? Date.now();
    const { id, experiment, arm, levels = {}, seed = 0, name, tags = [], config = {}, history } = this.#run;
    this.#timeMs = time;
    this.#push(JOURNAL_MAGIC);
    // No process writes it any more: its end says all.
    this.#write({
      type: 'attempt',
      time,
      run: id,
      attempt: 1,
      pid: 0,
      processStart: '',
      host: hostname(),
      fromStep: 0,
    });
    const cell = trackedCell({
      run: id,
      experiment,
      arm,
      levels,
      seed,
      name: name ?? undefined,
      tags,
      config: withSteps(config),
    });
    this.#write({ type: 'cell', time, cell });
    this.#write({
      type: 'provenance',
      time,
      provenance: { import: this.#origin, ...(history && { history: history as unknown as Json }) },
    });
  }

  #add(metric: string, step: number, value: number, time: number): void {
    const pending = this.#pending;
    const joins = pending?.step === step && pending.time === time && !pending.values.has(metric);
    if (!joins) {
      this.#settle();
      this.#pending = { step, time, values: new Map() };
    }
    this.#pending?.values.set(metric, toWire(value));
    const last = this.#last.get(metric);
    if (last === undefined) this.#last.set(metric, { step, value });
    else if (step >= last.step) {
      last.step = step;
      last.value = value;
    }
    this.#step = Math.max(this.#step, step);
    this.#timeMs = Math.max(this.#timeMs as number, time);
  }

  #settle(): void {
    if (this.#pending === undefined) return;
    const { step, time, values } = this.#pending;
    this.#write({ type: 'points', time, step, values: Object.fromEntries(values) });
    this.#pending = undefined;
  }

  #write(event: JournalEvent): void {
    this.#push(encodeFrame(event));
  }

  #push(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
  }
}

/** Elsewhere `steps` may be anything; here it is the planned number. */
function withSteps({ steps, ...config }: Record<string, Json>): Record<string, Json> {
  const planned = typeof steps === 'string' ? Number(steps) : steps;
  if (steps === undefined || (Number.isSafeInteger(planned) && (planned as number) >= 0))
    return { ...config, steps: (planned as number) ?? 0 };
  return { ...config, 'imported.steps': steps };
}

/** A format without states tells of runs that are over; what was not over there will not go on here. */
function endOf({ state = 'finished', reason }: ImportedRun): { state: EndState; reason?: string } {
  if (state === 'finished' || state === 'failed' || state === 'killed' || state === 'crashed')
    return { state, ...(reason && { reason }) };
  return { state: 'killed', reason: `imported while it was ${state}` };
}

const wrong = (where: string, expected: string, got: unknown): UserError =>
  new UserError(`${where}: expected ${expected}, got ${JSON.stringify(got)?.slice(0, 60)}.`);

/** A folder with runs that this process writes, as a tracked training loop does, and a live server over them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runsDir, storePath } from '../../../src/core/places.ts';
import type { RunControl } from '../../../src/report/live/control.ts';
import { type LiveServer, startLiveServer } from '../../../src/report/live/server.ts';
import { type TrackedRun, track } from '../../../src/track/index.ts';
import { Recorder } from '../../../src/tracking/recorder.ts';
import { openStore } from '../../../src/tracking/store.ts';

export class LivePlace {
  readonly folder = mkdtempSync(join(tmpdir(), 'bench-live-'));
  readonly store = openStore(storePath(this.folder));
  readonly #servers: LiveServer[] = [];
  readonly #runs: TrackedRun[] = [];

  begin({ experiment = 'depth', depth = '18', kind = 'plain', seed = 1, steps = 400, config = {} } = {}): TrackedRun {
    const levels = { kind, depth };
    const quiet = { systemMetrics: false, signals: false, dir: this.folder };
    const run = track({ experiment, arm: `${kind}-${depth}`, levels, seed, steps, config, ...quiet });
    this.#runs.push(run);
    return run;
  }

  /** Answers with the address without the slash at its end. */
  async serve({ token = null, control = null, host = '127.0.0.1' }: ServedAs = {}): Promise<string> {
    const { store } = this;
    new Recorder(store, runsDir(this.folder)).ingestAll();
    const server = await startLiveServer({ store, runsDir: runsDir(this.folder), host, port: 0, token, control });
    this.#servers.push(server);
    return new URL(server.address()).origin;
  }

  async remove(): Promise<void> {
    for (const server of this.#servers) await server.close();
    for (const run of this.#runs) run.finish('killed');
    this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface ServedAs {
  token?: string | null;
  control?: RunControl | null;
  host?: string;
}

/** A curve as training writes it. */
export function logCurve(run: TrackedRun, from: number, to: number, offset = 0): void {
  for (let step = from; step <= to; step++) {
    const loss = 0.3 + offset + 2 / Math.sqrt(step) + 0.05 * Math.sin(step * 12.9);
    run.log({ 'train.loss': loss, ...(step % 50 === 0 && { 'test.top1': loss / 4 }) }, step);
  }
}

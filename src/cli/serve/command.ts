/** `bench serve`, and what `bench run --open` shows. */
import { EXIT } from '../../core/errors.ts';
import { runsDir } from '../../core/places.ts';
import { isLoopback, newToken } from '../../report/live/guard.ts';
import { experimentPath } from '../../report/live/paths.ts';
import { type LiveServer, startLiveServer } from '../../report/live/server.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import type { Store } from '../../tracking/store.ts';
import { printJson } from '../output/json.ts';
import { runControl } from './control.ts';
import { openBrowser } from './open-browser.ts';

export interface ServeOptions {
  port: number;
  host: string;
  token?: string;
  allowControl?: boolean;
  open?: boolean;
  json?: boolean;
}

export function serveCommand({ port, host, allowControl, open, json, ...given }: ServeOptions): Promise<number> {
  return withRecordedStore(async store => {
    const token = given.token ?? (isLoopback(host) ? null : newToken());
    const control = allowControl ? runControl(store) : null;
    const server = await startLiveServer({ store, runsDir: runsDir(), host, port, token, control });
    const address = server.address();
    if (json) printJson({ address, token });
    else process.stdout.write(`${address}\n`);
    process.stderr.write('Ctrl-C ends it.\n');
    if (open) openBrowser(address);
    await interrupt();
    await server.close();
    return EXIT.ok;
  });
}

/** The page of an experiment that this process runs. */
export async function openExperiment(store: Store, experiment: string): Promise<LiveServer> {
  const place = { host: '127.0.0.1', port: 0, token: null, control: null };
  const server = await startLiveServer({ store, runsDir: runsDir(), ...place });
  const address = server.address(experimentPath(experiment));
  process.stderr.write(`Live: ${address}\n`);
  openBrowser(address);
  return server;
}

const interrupt = (): Promise<unknown> =>
  new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });

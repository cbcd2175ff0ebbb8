/** The live view's server: listens, follows the runs while somebody looks on, closes. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { describeError, errorCode, UserError } from '../../core/errors.ts';
import type { Store } from '../../tracking/store.ts';
import { Answers } from './answers.ts';
import type { RunControl } from './control.ts';
import { EventStreams } from './event-streams.ts';
import { Feed } from './feed.ts';

const TICK_MS = 250;
/** A store that refuses now can perhaps be used later. */
const TROUBLE_TICK_MS = 2000;
const REQUEST_TIMEOUT_MS = 10_000;
const MOST_CONNECTIONS = 300;
/** For pages to show how it ended. */
const PARTING_MS = 500;

export interface LiveServerOptions {
  store: Store;
  runsDir: string;
  host: string;
  /** 0: any free one. */
  port: number;
  /** Null: whoever can reach the address may look. */
  token: string | null;
  /** Null: looking is all that one may do. */
  control: RunControl | null;
}

export interface LiveServer {
  /** Of a page, with the token if one is wanted. */
  address(path?: string): string;
  /** Ends all connections. The store stays open: it is the caller's. */
  close(): Promise<void>;
}

/** Throws one line if the port or the host cannot be had. */
export async function startLiveServer(options: LiveServerOptions): Promise<LiveServer> {
  const streams = new EventStreams();
  const feed = new Feed(options.store, options.runsDir, news => streams.tell(news));
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS });
  server.maxConnections = MOST_CONNECTIONS;
  const port = await listen(server, options);
  const answers = new Answers({ ...options, cookie: `bench-${port}`, streams, catchUp: () => feed.catchUp() });
  server.on('request', (request, response) => void answers.answer(request, response));
  const closing = new AbortController();
  const followed = follow(feed, streams, closing.signal);
  return {
    address: (path = '/') => addressOf(options, port, path),
    async close() {
      closing.abort();
      await followed;
      if (streams.count > 0 && tryLook(feed, streams)) await delay(PARTING_MS);
      streams.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** As often as eyes want it while somebody looks on; else not at all. */
async function follow(feed: Feed, streams: EventStreams, signal: AbortSignal): Promise<void> {
  for (let waitMs = TICK_MS; !signal.aborted; ) {
    await delay(waitMs, undefined, { signal }).catch(() => {});
    if (!signal.aborted) waitMs = streams.count === 0 || tryLook(feed, streams) ? TICK_MS : TROUBLE_TICK_MS;
  }
}

function tryLook(feed: Feed, streams: EventStreams): boolean {
  try {
    feed.look();
    return true;
  } catch (error) {
    streams.complain(describeError(error));
    return false;
  }
}

async function listen(server: Server, { host, port }: LiveServerOptions): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(cannotListen(host, port, error)));
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function cannotListen(host: string, port: number, error: unknown): UserError {
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} is taken, perhaps by another bench serve: end that, or choose another with --port (0: any free one)`,
    EACCES: `port ${port} is not for everybody: choose one above 1023 with --port`,
    EADDRNOTAVAIL: `${host} is no address of this machine: name one that is with --host`,
    ENOTFOUND: `the host ${host} is not known: name this machine or one of its addresses with --host`,
  };
  return new UserError(`${reasons[errorCode(error) ?? ''] ?? describeError(error)}.`, { cause: error });
}

function addressOf({ host, token }: LiveServerOptions, port: number, path: string): string {
  const named = host === '0.0.0.0' || host === '::' ? hostname() : host;
  const url = new URL(`http://${named.includes(':') ? `[${named}]` : named}:${port}`);
  url.pathname = path;
  if (token !== null) url.searchParams.set('token', token);
  return url.href;
}

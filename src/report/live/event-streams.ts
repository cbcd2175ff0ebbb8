/**
 * Server-sent events to those who look on. An event says only that there is news: the page asks for what it shows. So
 * nothing has to be kept for a client that reads slowly, but that there was news.
 */
import type { ServerResponse } from 'node:http';
import type { News } from './feed.ts';
import type { Concern } from './view.ts';

const HEARTBEAT_MS = 15_000;
const RETRY_MS = 1000;
const MOST_CLIENTS = 200;

interface Client {
  response: ServerResponse;
  concern: Concern;
  /** News that its full connection could not take. */
  missed: boolean;
}

export class EventStreams {
  readonly #clients = new Set<Client>();
  readonly #timer = setInterval(() => this.#beat(), HEARTBEAT_MS).unref();

  get count(): number {
    return this.#clients.size;
  }

  get isFull(): boolean {
    return this.#clients.size >= MOST_CLIENTS;
  }

  open(response: ServerResponse, concern: Concern): void {
    const client = { response, concern, missed: false };
    this.#clients.add(client);
    response.on('close', () => this.#clients.delete(client));
    response.on('drain', () => client.missed && send(client, NEWS));
    response.write(`retry: ${RETRY_MS}\n\n`);
  }

  tell(news: News): void {
    for (const client of this.#clients) if (concerns(client.concern, news)) send(client, NEWS);
  }

  /** To all: why there may be no news. */
  complain(message: string): void {
    for (const client of this.#clients) send(client, `event: trouble\ndata: ${JSON.stringify(message)}\n\n`);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const { response } of this.#clients) response.end();
  }

  /** Keeps proxies from closing a quiet connection. One that takes nothing for so long leads to nobody. */
  #beat(): void {
    for (const client of this.#clients) {
      if (client.response.writableNeedDrain) client.response.destroy();
      else client.response.write(': \n\n');
    }
  }
}

const NEWS = 'event: news\ndata:\n\n';

function send(client: Client, text: string): void {
  client.missed = client.response.writableNeedDrain;
  if (!client.missed) client.response.write(text);
}

function concerns({ run, experiment }: Concern, news: News): boolean {
  if (news.length === 0 || (run === undefined && experiment === undefined)) return true;
  return news.some(one => one.run === run || one.experiment === experiment);
}

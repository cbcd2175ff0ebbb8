/** A web server on this machine that has the made-up files with gzip, and faults on demand. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { CONTENT } from './made-up.ts';

export interface Faults {
  delayMs?: number;
  /** Pause after each byte. */
  trickleMs?: number;
  /** Sends the first bytes of a file and then nothing. */
  stall?: boolean;
  /** Closes the connection in the middle of a file. */
  cut?: boolean;
  /** In place of every file. */
  body?: string | Buffer;
}

export interface Server {
  base: string;
  /** Paths, in the order of requests. */
  asked: string[];
  /** Resolves when a client has been left waiting. */
  stalled: Promise<unknown>;
}

/** Closed when the test ends. */
export async function serve(faults: Faults = {}): Promise<Server> {
  const asked: string[] = [];
  const server = createServer(async ({ url = '' }, response) => {
    asked.push(url);
    await delay(faults.delayMs ?? 0);
    const content = CONTENT[basename(url, '.gz')];
    if (!content) return response.writeHead(404).end();
    const bytes = faults.body === undefined ? gzipSync(content) : Buffer.from(faults.body as string);
    response.writeHead(200, { 'content-length': bytes.length });
    for (const byte of faults.trickleMs ? bytes : []) {
      response.write(Buffer.of(byte));
      await delay(faults.trickleMs);
    }
    if (faults.trickleMs) return response.end();
    if (!faults.stall && !faults.cut) return response.end(bytes);
    return response.write(bytes.subarray(0, 5), () => (faults.cut ? response.destroy() : server.emit('stalled')));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { base: `http://127.0.0.1:${port}/`, asked, stalled: once(server, 'stalled') };
}

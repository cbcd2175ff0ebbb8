/** A web server on this machine that has one file, and gives parts of it. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ServedFile {
  content: Buffer;
  tag: string;
  /** Closes the connection after so many bytes of the answer. */
  cutAfter?: number;
}

export interface RangeServer {
  url: string;
  /** Changed between requests as a test needs it. */
  file: ServedFile;
  asked: IncomingHttpHeaders[];
}

/** Closed when the test ends. */
export async function serveRanges(file: ServedFile): Promise<RangeServer> {
  const state: RangeServer = { url: '', file, asked: [] };
  const server = createServer(({ headers }, response) => {
    state.asked.push(headers);
    const { content, tag, cutAfter } = state.file;
    const isSame = headers['if-range'] === undefined || headers['if-range'] === tag;
    const from = isSame ? Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0) : 0;
    if (from > 0 && from >= content.length) return response.writeHead(416).end();
    const part = content.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, { etag: tag, 'content-length': part.length });
    if (cutAfter === undefined) return response.end(part);
    return response.write(part.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 50));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/made-up.bin`;
  return state;
}

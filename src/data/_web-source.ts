/** Files that are published with gzip below a web address. */
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describeError } from '../core/errors.ts';
import type { Source } from './_fetch.ts';

/** A server that sends nothing for this long is given up, while connecting and later. */
const SILENCE_MS = 10_000;
const PROGRESS_INTERVAL_MS = 2_000;

type Report = (line: string) => void;

export function webSource(name: string, base: string, silenceMs = SILENCE_MS): Source {
  return {
    name,
    async read({ names, report }) {
      const found = new Map<string, Buffer>();
      for (const file of names) found.set(file, await download(new URL(`${file}.gz`, base), silenceMs, report));
      return found;
    },
  };
}

async function download(url: URL, silenceMs: number, report: Report): Promise<Buffer> {
  const file = basename(url.pathname);
  const aborting = new AbortController();
  const giveUp = (): void => aborting.abort(new Error(`silent for ${silenceMs / 1000} s`));
  const timer = setTimeout(giveUp, silenceMs);
  try {
    const response = await fetch(url, { signal: aborting.signal });
    if (!response.ok) throw new Error(`${file}: answered ${response.status}`);
    return unpack(await readBody(response, file, () => void timer.refresh(), report), file);
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

async function readBody(response: Response, file: string, onData: () => void, report: Report): Promise<Buffer> {
  const total = Number(response.headers.get('content-length'));
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let reportedMs = performance.now();
  for await (const chunk of response.body ?? []) {
    onData();
    chunks.push(chunk);
    bytes += chunk.length;
    if (performance.now() - reportedMs < PROGRESS_INTERVAL_MS) continue;
    report(`  ${file}: ${megabytes(bytes)}${total > 0 ? ` of ${megabytes(total)}` : ''} MB`);
    reportedMs = performance.now();
  }
  return Buffer.concat(chunks);
}

function unpack(bytes: Buffer, file: string): Buffer {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new Error(`${file}: got ${bytes.length} bytes that are no whole gzip file`, { cause: error });
  }
}

/** "fetch failed" alone helps nobody: the reason is its cause. */
function reasonOf(error: unknown): string {
  return describeError(error instanceof TypeError && error.cause ? error.cause : error);
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

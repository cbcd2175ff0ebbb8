/** One file from the web to the disk: goes on where an earlier try stopped, says how far it is, gives up on silence. */
import { createWriteStream, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describeError, errorCode } from '../core/errors.ts';
import { nowAndThen, type Report } from './_progress.ts';

/** A server that sends nothing for this long is given up, while connecting and later. */
export const SILENCE_MS = 10_000;
const PROGRESS_INTERVAL_MS = 2_000;

export interface Download {
  url: URL;
  /** What has arrived; kept when the download fails, so that the next one asks for the rest only. */
  partial: string;
  silenceMs: number;
  report: Report;
}

/** Throws one line. The file may hold anything: whoever wants it checks it. */
export async function download(task: Download): Promise<void> {
  const aborting = new AbortController();
  const giveUp = (): void => aborting.abort(new Error(`silent for ${task.silenceMs / 1000} s`));
  const timer = setTimeout(giveUp, task.silenceMs);
  try {
    await receive(task, aborting.signal, () => void timer.refresh());
  } catch (error) {
    const failure = new Error(reasonOf(aborting.signal.reason ?? error), { cause: error });
    throw errorCode(error) === 'ENOSPC' ? Object.assign(failure, { code: 'ENOSPC' }) : failure;
  } finally {
    clearTimeout(timer);
  }
}

async function receive(task: Download, signal: AbortSignal, onData: () => void): Promise<void> {
  const offset = usablePart(task);
  const response = await fetch(task.url, { signal, headers: rangeFrom(offset, task) });
  const file = basename(task.url.pathname);
  if (response.status === 416) forget(task);
  if (!response.ok) throw new Error(`${file}: answered ${response.status}`);
  const from = response.status === 206 ? offset : 0;
  if (from > 0) task.report(`  ${file}: goes on after ${megabytes(from)} MB`);
  writeFileSync(versionFile(task), versionOf(response));
  const total = from + Number(response.headers.get('content-length'));
  const watched = watch(response, { file, from, total, onData, report: task.report });
  await pipeline(watched, createWriteStream(task.partial, { flags: from > 0 ? 'a' : 'w' }), { signal });
  forgetVersion(task);
}

/** Bytes that an earlier try left, if it is known of which version of the file they are. */
function usablePart({ partial }: Download): number {
  const size = statSync(partial, { throwIfNoEntry: false })?.size ?? 0;
  return statSync(`${partial}.version`, { throwIfNoEntry: false }) ? size : 0;
}

/** A server whose file has changed since sends all of it (RFC 9110, If-Range). */
function rangeFrom(offset: number, task: Download): Record<string, string> {
  // Files that are gzip already must not be unpacked on the way.
  const plain = { 'accept-encoding': 'identity' };
  if (offset === 0) return plain;
  const version = readFileSync(versionFile(task), 'utf8');
  return { ...plain, range: `bytes=${offset}-`, ...(version === '' ? {} : { 'if-range': version }) };
}

/** A weak entity tag does not promise equal bytes. */
function versionOf({ headers }: Response): string {
  const tag = headers.get('etag');
  return tag && !tag.startsWith('W/') ? tag : (headers.get('last-modified') ?? '');
}

interface Watch {
  file: string;
  from: number;
  total: number;
  onData(): void;
  report: Report;
}

async function* watch(response: Response, { file, from, total, onData, report }: Watch): AsyncGenerator<Uint8Array> {
  let bytes = from;
  const lineOf = (done: number): string =>
    `  ${file}: ${megabytes(done)}${total > from ? ` of ${megabytes(total)}` : ''} MB`;
  const progress = nowAndThen(report, lineOf, PROGRESS_INTERVAL_MS);
  for await (const chunk of response.body ? Readable.fromWeb(response.body as never) : []) {
    onData();
    bytes += (chunk as Uint8Array).length;
    yield chunk as Uint8Array;
    progress(bytes);
  }
}

const versionFile = ({ partial }: Download): string => `${partial}.version`;

const forgetVersion = (task: Download): void => rmSync(versionFile(task), { force: true });

function forget(task: Download): void {
  rmSync(task.partial, { force: true });
  forgetVersion(task);
}

/** "fetch failed" alone helps nobody: the reason is its cause. */
function reasonOf(error: unknown): string {
  return describeError(error instanceof TypeError && error.cause ? error.cause : error);
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

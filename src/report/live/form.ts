import type { IncomingMessage } from 'node:http';
import { UserError } from '../../core/errors.ts';

const MOST_BYTES = 4096;

/** The fields of a form that was sent. Throws one line if it is none, or longer than any of ours. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (!/^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? ''))
    throw new UserError('expected the fields of a form (application/x-www-form-urlencoded).');
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new UserError(`expected a form of at most ${MOST_BYTES} bytes, got more.`);
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { Source } from '../../src/data/_fetch.ts';
import { webSource } from '../../src/data/_web-source.ts';
import { CONTENT } from './made-up.ts';
import { serve } from './server.ts';

const kept = mkdtempSync(join(tmpdir(), 'bench-web-source-'));
afterEach(() => {
  for (const name of readdirSync(kept)) rmSync(join(kept, name));
});
const read = (source: Source, names = ['one', 'two']) =>
  source.read({ names, folder: '/nowhere', kept, report: () => {} });

/** 257 MB of nothing. */
const BOMB = gzipSync(Buffer.alloc(257 * 1024 * 1024), { level: 9 });

test('files come uncompressed by name', async () => {
  const { base } = await serve();
  expect(Object.fromEntries(await read(webSource('x', base)))).toEqual(CONTENT);
});

test.each([
  ['a file it does not have', {}, ['three'], /^three\.gz: answered 404$/],
  [
    'a page instead of the file',
    { body: '<html>log in</html>' },
    ['one'],
    /^one\.gz: got 19 bytes that are no whole gzip file$/,
  ],
  ['an empty answer', { body: '' }, ['one'], /^one\.gz: got 0 bytes that are no whole gzip file$/],
  ['a bomb', { body: BOMB }, ['one'], /^one\.gz: got \d{6} bytes that are no whole gzip file$/],
  ['a connection that breaks off', { cut: true }, ['one'], /^other side closed$/],
  ['a server that falls silent', { stall: true }, ['one'], /^silent for 0\.3 s$/],
  ['a server that does not answer', { delayMs: 5_000 }, ['one'], /^silent for 0\.3 s$/],
])('%s: one line', async (_name, faults, names, message) => {
  const { base } = await serve(faults);
  await expect(read(webSource('x', base, 300), names)).rejects.toThrow(message);
});

test('a slow server is waited for as long as it sends', async () => {
  const { base } = await serve({ trickleMs: 70 });
  const startMs = performance.now();
  expect((await read(webSource('x', base, 1000), ['one'])).size).toBe(1);
  expect(performance.now() - startMs).toBeGreaterThan(1000);
});

test('nobody there: the reason, not "fetch failed"', async () => {
  await expect(read(webSource('x', 'http://127.0.0.1:1/'))).rejects.toThrow(/ECONNREFUSED|bad port/);
});

/** Several processes and one cache: at once, killed on the way, without rights. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { programArguments } from '../typescript-program.ts';
import { CONTENT, FILES, NAME, useTemporaryCache } from './made-up.ts';
import { serve } from './server.ts';

const { cache, folder } = useTemporaryCache();
const program = programArguments('processes/fetch.ts', import.meta.url);

const start = (base: string, options: { uid?: number } = {}): ChildProcess =>
  spawn(process.execPath, [...program, NAME, JSON.stringify(FILES), base], {
    env: { ...process.env, JITI_FS_CACHE: 'false' },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
const outputOf = async (child: ChildProcess): Promise<string> => text(child.stdout as NodeJS.ReadableStream);

test('of two at once one fetches, the other waits and finds it done', async () => {
  const server = await serve({ delayMs: 700 });
  const outputs = await Promise.all([start(server.base), start(server.base)].map(outputOf));
  expect(outputs.every(output => output.endsWith('done\n'))).toBe(true);
  expect(server.asked).toEqual(['/one.gz', '/two.gz']);
  expect(readFileSync(`${folder()}/two`)).toEqual(CONTENT.two);
});

test('one that is killed on the way leaves nothing that looks whole, and the next one succeeds', async () => {
  const stuck = await serve({ stall: true });
  const child = start(stuck.base);
  await stuck.stalled;
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(readdirSync(folder())).toEqual(['incoming']);
  const server = await serve();
  expect(await outputOf(start(server.base))).toMatch(/another process is fetching it, waiting\n(.*\n)*done\n$/);
  expect(readdirSync(folder()).sort()).toEqual(['one', 'two']);
});

test.runIf(process.getuid?.() === 0)('a folder without the right to write: one line', async () => {
  chmodSync(cache(), 0o555);
  expect(await outputOf(start('http://127.0.0.1:9/', { uid: 65534 }))).toMatch(
    /^\S+made-up: the cache cannot be used \(EACCES.*\)\. Make room or give access .* BENCH_CACHE_DIR\.\n$/,
  );
  expect(existsSync(folder())).toBe(false);
});

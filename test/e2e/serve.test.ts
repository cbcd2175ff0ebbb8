/** `bench serve` and `bench run --open` as processes, over real training. */
import { once } from 'node:events';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { RunSummary } from '../../src/core/results.ts';
import { Project, type RunningBench, tinyExperiment, until } from './bench.ts';

vi.setConfig({ testTimeout: 240_000 }); // whole processes, on machines that may be busy

const STEPS = 400;
const project = new Project({ tiny: tinyExperiment({ steps: STEPS }) });
const started: RunningBench[] = [];
afterAll(() => {
  for (const { process } of started) process.kill('SIGKILL');
  project.remove();
});

function start(...args: string[]): RunningBench {
  const running = project.start(...args);
  started.push(running);
  return running;
}

/** The server's address without the slash at its end. */
async function serve(...args: string[]): Promise<{ server: RunningBench; at: string }> {
  const server = start('serve', '--port', '0', '--json', ...args);
  const { address } = await until(() => (server.stdout.includes('}') ? JSON.parse(server.stdout) : undefined));
  return { server, at: new URL(address).origin };
}

const textOf = async (url: string): Promise<string> => (await fetch(url)).text();

test('where nothing was ever run, one line says what to do', async () => {
  const { exitCode, stderr } = await project.bench('serve', '--port', '0');
  expect([exitCode, stderr]).toEqual([4, 'bench: no runs yet: `bench run EXPERIMENT` makes some.\n']);
});

describe('while cells train', () => {
  test('bench run --open shows them: page and news', async () => {
    const run = start('run', 'tiny', '--open', '--workers', '1');
    const address = await until(() => /Live: (http:\S+)/.exec(run.stderr)?.[1]);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/experiments\/tiny$/);
    await until(async () => (/▸<\/span> 1 running/.test(await textOf(address)) ? true : undefined));
    const news = await fetch(new URL('/events?experiment=tiny', address));
    const reader = (news.body as ReadableStream<Uint8Array>).getReader();
    await until(async () => {
      const { value = new Uint8Array() } = await reader.read();
      return Buffer.from(value).includes('event: news') ? true : undefined;
    });
    run.process.kill('SIGINT');
    await expect(run.outcome).resolves.toMatchObject({ exitCode: 130 });
    await expect(fetch(address)).rejects.toThrow();
  });

  test('the buttons of bench serve --allow-control stop a run and resume it to its end', async () => {
    const { server, at } = await serve('--allow-control');
    const training = start('run', 'tiny', '--workers', '1');
    const id = await until(async () => /\/runs\/(\w+)">.*?▸/s.exec(await textOf(`${at}/runs?state=running`))?.[1]);
    const press = async (action: string): Promise<number> => {
      const token = await until(async () => /name="token" value="([^"]+)"/.exec(await textOf(`${at}/runs/${id}`))?.[1]);
      const body = new URLSearchParams({ token });
      return (await fetch(`${at}/runs/${id}/${action}`, { method: 'POST', headers: { origin: at }, body })).status;
    };
    const state = async (): Promise<string | undefined> =>
      (await project.json<RunSummary[]>('list')).find(run => run.id === id)?.state;

    expect(await press('stop')).toBe(200); // after its redirection
    await until(async () => ((await state()) === 'killed' ? true : undefined));
    expect(await textOf(`${at}/runs/${id}`)).toMatch(/SIGTERM/);
    await training.outcome;

    expect(await press('resume')).toBe(200);
    await until(async () => ((await state()) === 'finished' ? true : undefined), 200_000);
    expect(await textOf(`${at}/runs/${id}`)).not.toContain('<form method="post"');

    server.process.kill('SIGINT');
    await expect(server.outcome).resolves.toMatchObject({ exitCode: 0 });
  });
});

test('another host than this machine wants a token, which is made and printed', async () => {
  const { server, at } = await serve('--host', '0.0.0.0');
  const { token } = JSON.parse(server.stdout) as { token: string };
  const here = at.replace(/\/\/[^:]+/, '//127.0.0.1');
  expect(token).toMatch(/^[\w-]{32}$/);
  expect((await fetch(`${here}/runs`)).status).toBe(401);
  expect((await fetch(`${here}/runs`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  server.process.kill('SIGTERM');
  await once(server.process, 'close');
});

test.each([
  [['--port', '70000'], /Expected a whole number from 0 to 65535/],
  [['--token', 'short'], /Expected 12 to 100 letters/],
  [['--host', 'no.such.host.invalid'], /the host no\.such\.host\.invalid is not known/],
])('serve %j is refused in one line', async (args, message) => {
  const { exitCode, stderr } = await project.bench('serve', ...args);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(exitCode).toBe(2);
});

/** The live server over HTTP: what it answers, and whom. */

import { appendFileSync, rmSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runsDir, storePath } from '../../../src/core/places.ts';
import { startLiveServer } from '../../../src/report/live/server.ts';
import type { TrackedRun } from '../../../src/track/index.ts';
import { Recorder } from '../../../src/tracking/recorder.ts';
import { openStore } from '../../../src/tracking/store.ts';
import { LivePlace, logCurve } from './place.ts';

const place = new LivePlace();
afterAll(() => place.remove());

const HOSTILE = `<img src=x onerror=alert(1)> \u202e${'long '.repeat(20)}`;
let run: TrackedRun;
let done: TrackedRun;
let at: string;
beforeAll(async () => {
  run = place.begin({ seed: 2 });
  logCurve(run, 1, 120);
  done = place.begin({ kind: 'residual', steps: 60, config: { note: HOSTILE } });
  logCurve(done, 1, 60);
  done.finish();
  at = await place.serve();
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Unlike `fetch` it sends the headers that it is given. Scripts are left out of what it gives back. */
function ask(url: string, { method = 'GET', headers = {}, body = '' } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, async response => {
      let text = '';
      for await (const part of response) text += part;
      text = text.replace(/<script>.*?<\/script>/gs, '');
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    asked.on('error', reject).end(body);
  });
}

describe('pages', () => {
  test.each([
    ['/', /1 running.*1 finished/s],
    ['/runs', /1 to 2 of 2 runs/],
    ['/experiments/depth', /One run of each arm and seed/],
    ['/runs?where=state+%3D+running', /1 to 1 of 1 run</],
    ['/runs?state=finished&sort=seed', /aria-sort="ascending"/],
  ])('%s', async (path, content) => {
    const { status, text, headers } = await ask(at + path);
    expect(status).toBe(200);
    expect(text).toMatch(content);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toBe("frame-ancestors 'none'");
    expect(text).toMatch(
      /content="default-src &#39;none&#39;; script-src (&#39;sha256-[\w+/=]+&#39; ?)+;.*connect-src &#39;self&#39;/,
    );
    expect(text).not.toMatch(/unsafe-eval/);
  });

  test('a run: state, figures, curves, attempts, configuration; names are text', async () => {
    const { text } = await ask(`${at}/runs/${done.id}`);
    expect(text).toMatch(/residual-18, seed 1/);
    expect(text).toMatch(/<progress max="60" value="60"/);
    expect(text).toContain('id="chart-train-loss"');
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt; \\u202e');
    expect(text).not.toContain('<img');
  });

  test('a filter that makes no sense is told where the list would stand, and can be mended there', async () => {
    const { status, text } = await ask(`${at}/runs?where=${encodeURIComponent('test.top2 < 1')}`);
    expect(status).toBe(400);
    expect(text).toMatch(/class="notice">filter, character 1: unknown field of runs .*test\.top2.*Did you mean/);
    expect(text).toMatch(/name="where" value="test\.top2 &lt; 1"/);
  });

  test('pages of the list: a link to each neighbour, none beyond the ends', async () => {
    const many = new LivePlace();
    for (let seed = 1; seed <= 51; seed++) many.begin({ seed, steps: 1 }).finish();
    const { text } = await ask(`${await many.serve()}/runs?sort=seed&page=2`);
    expect(text).toMatch(/51 to 51 of 51 runs/);
    expect(text).toMatch(/page=1">First<\/a>.*page=1">Previous<\/a>.*<span class="soft">Next<\/span>/s);
    await many.remove();
  });

  test.each(['/nothing', '/runs/ffffffffffff', '/experiments/none', '/experiments/%E0%A4%A'])(
    '%s is not there',
    async path => {
      expect((await ask(at + path)).status).toBe(404);
    },
  );

  test('an odd request line is answered, not stumbled over', async () => {
    expect((await ask(`${at}//`)).status).toBeLessThan(500);
  });

  test('the log is its end, as text; a link out of the folder is not followed', async () => {
    const log = join(run.folder, 'log.txt');
    appendFileSync(log, `first line\n${'x'.repeat(20_000)}\n\u001b[31m<b>last line\n`);
    const { text } = await ask(`${at}/runs/${run.id}`);
    expect(text).toContain('\\x1b[31m&lt;b&gt;last line');
    expect(text).not.toContain('first line');
    rmSync(log);
    symlinkSync('/etc/passwd', log);
    expect((await ask(`${at}/runs/${run.id}`)).text).not.toContain('root:x:');
    rmSync(log);
  });

  test('the same page as data; zoomed, a chart holds the asked steps only', async () => {
    const answer = async (query: string) => JSON.parse((await ask(`${at}/now/runs/${run.id}${query}`)).text);
    expect((await answer('')).charts['train-loss'].signals).toMatchObject({ first: 1, last: 120 });
    const { charts } = await answer('?zoom=train-loss:20:29');
    expect(charts['train-loss'].signals).toMatchObject({ first: 20, last: 29 });
    expect(charts['train-loss'].rows[0].columns[2]).toHaveLength(10);
    expect((await answer('?zoom=train-loss:5000:6000')).charts['train-loss'].signals.last).toBe(120);
  });

  test('HEAD answers as GET does, without a body', async () => {
    const { status, text, headers } = await ask(`${at}/runs`, { method: 'HEAD' });
    expect([status, text]).toEqual([200, '']);
    expect(Number(headers['content-length'])).toBeGreaterThan(1000);
  });
});

describe('news', () => {
  test('come within a second of what a run writes, to those whom it concerns, and to no others', async () => {
    const [own, other] = await Promise.all([follow(`run=${run.id}`), follow(`run=${done.id}`)]);
    await quiet(own);
    const before = other.events.length;
    const writtenAt = performance.now();
    run.log({ 'train.loss': 0.5 }, 121);
    await own.next();
    expect(performance.now() - writtenAt).toBeLessThan(1000);
    expect(other.events.length).toBe(before);
    own.end();
    other.end();
  });

  test('a run that was quiet for longer than the recorder looks at quiet ones is heard at once too', async () => {
    const { Feed } = await import('../../../src/report/live/feed.ts');
    const told: string[] = [];
    const feed = new Feed(place.store, runsDir(place.folder), news => told.push(...news.map(one => one.run)));
    feed.look();
    told.length = 0;
    run.log({ 'train.loss': 0.5 }, 122);
    feed.look();
    expect(told).toEqual([run.id]);
  });

  test('a new run is news of its experiment', async () => {
    const stream = await follow('experiment=depth');
    await quiet(stream);
    const before = stream.events.length;
    place.begin({ seed: 9 });
    await stream.next();
    expect(stream.events.slice(before)).not.toEqual([]);
    stream.end();
  });

  test('a store that another bench has changed in the meantime is left alone, and that is said', async () => {
    const own = new LivePlace();
    own.begin();
    const address = await own.serve();
    own.store.prepare('PRAGMA user_version = 999').run();
    const { status, text } = await ask(`${address}/runs`);
    expect(status).toBe(503);
    expect(text).toMatch(/another bench has changed its schema.*start it again/);
    await own.remove();
  });
});

test('a store that may only be read is shown as it was recorded last, and followers hear why there is no more', async () => {
  const own = new LivePlace();
  const written = own.begin();
  written.log({ 'train.loss': 1 });
  new Recorder(own.store, runsDir(own.folder)).ingestAll();
  const store = openStore(storePath(own.folder), { readonly: true });
  const options = { host: '127.0.0.1', port: 0, token: null, control: null };
  const server = await startLiveServer({ store, runsDir: runsDir(own.folder), ...options });
  written.log({ 'train.loss': 1 });
  const { status, text } = await ask(`${server.address()}runs/${written.id}`);
  expect(status).toBe(200);
  expect(text).toMatch(/1 of 400/);
  const response = await fetch(`${server.address()}events`);
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    const told = Buffer.from(part).toString();
    if (told.includes('event: trouble')) expect(told).toMatch(/readonly database.*must be writable/);
    if (told.includes('event: trouble')) break;
  }
  await server.close();
  store.close();
  await own.remove();
});

describe('who may ask', () => {
  test('a name that leads here but is not ours (DNS rebinding) is refused', async () => {
    const { port } = new URL(at);
    for (const host of [`evil.example:${port}`, 'evil.example']) {
      const { status, text } = await ask(`${at}/runs`, { headers: { host } });
      expect(status).toBe(403);
      expect(text).not.toContain(run.id);
    }
    for (const host of [`localhost:${port}`, `[::1]:${port}`, '127.0.0.1:9', hostname()])
      expect((await ask(`${at}/runs`, { headers: { host } })).status).toBe(200);
  });

  test('with a token: by bearer, or by the address once and a cookie from then on; else nobody', async () => {
    const token = 'abcdefghijklmnop';
    const guarded = await place.serve({ token });
    for (const path of ['/runs', '/now/runs', '/events', '/?token=wrong', '/?token=']) {
      const { status, text } = await ask(guarded + path);
      expect(status).toBe(401);
      expect(text).not.toContain(run.id);
    }
    expect((await ask(`${guarded}/runs`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    expect((await ask(`${guarded}/runs`, { headers: { authorization: 'Bearer no' } })).status).toBe(401);
    const welcome = await ask(`${guarded}/runs?token=${token}`);
    const [cookie = ''] = welcome.headers['set-cookie'] as string[];
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(welcome.headers.refresh).toBe('0; url=/runs');
    expect((await ask(`${guarded}/runs`, { headers: { cookie: cookie.split(';')[0] as string } })).status).toBe(200);
  });

  test('who only serves to be looked at changes nothing', async () => {
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await ask(`${at}/runs/${run.id}/stop`, { method, headers: FORM })).status).toBe(405);
    expect((await ask(`${at}/runs/${run.id}`)).text).not.toContain('<form method="post"');
  });
});

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('buttons', () => {
  const done_: string[] = [];
  const control = {
    stop: (id: string) => void done_.push(`stop ${id}`),
    resume: (id: string) => void done_.push(`resume ${id}`),
  };
  let address: string;
  let token: string;
  beforeAll(async () => {
    address = await place.serve({ control });
    const { text } = await ask(`${address}/runs/${run.id}`);
    token = /name="token" value="([\w-]+)"/.exec(text)?.[1] as string;
  });
  const press = (headers: Record<string, string>, body: string, action = 'stop'): Promise<Answer> =>
    ask(`${address}/runs/${run.id}/${action}`, { method: 'POST', headers: { ...FORM, ...headers }, body });

  test('do what they say for a form of our own page', async () => {
    const answer = await press({ origin: address }, `token=${token}`);
    expect([answer.status, answer.headers.location]).toEqual([303, `/runs/${run.id}`]);
    expect(done_.splice(0)).toEqual([`stop ${run.id}`]);
  });

  test.each([
    ['without the token', (): [Record<string, string>, string] => [{ origin: address }, ''], 403],
    ['with a wrong token', () => [{ origin: address }, 'token=x'], 403],
    ['from another site', () => [{ origin: 'http://evil.example' }, `token=${token}`], 403],
    ['from another port of this machine', () => [{ origin: 'http://127.0.0.1:1' }, `token=${token}`], 403],
    ['from nowhere', () => [{}, `token=${token}`], 403],
    ['from a page that hides where it is', () => [{ origin: 'null' }, `token=${token}`], 403],
    ['under another name of ours', () => [{ origin: address, host: 'evil.example' }, `token=${token}`], 403],
    ['that is no form', () => [{ origin: address, 'content-type': 'text/plain' }, `token=${token}`], 409],
    ['that is larger than any form', () => [{ origin: address }, `token=${token}&x=${'x'.repeat(10_000)}`], 409],
  ] as [string, () => [Record<string, string>, string], number][])('refuse a request %s', async (_, made, status) => {
    const [headers, body] = made();
    expect((await press(headers, body)).status).toBe(status);
    expect(done_).toEqual([]);
  });

  test('of an unknown action there are none', async () => {
    expect((await press({ origin: address }, `token=${token}`, 'delete')).status).toBe(405);
  });
});

test('a port that is taken is told in one line, with the remedy', async () => {
  const { port } = new URL(at);
  const again = startLiveServer({
    ...{ store: place.store, runsDir: runsDir(place.folder), host: '127.0.0.1', port: Number(port) },
    ...{ token: null, control: null },
  });
  await expect(again).rejects.toThrow(
    `port ${port} is taken, perhaps by another bench serve: end that, or choose another with --port`,
  );
});

interface Stream {
  events: string[];
  next(): Promise<void>;
  end(): void;
}

async function follow(query: string): Promise<Stream> {
  const abort = new AbortController();
  const response = await fetch(`${at}/events?${query}`, { signal: abort.signal });
  const events: string[] = [];
  let wake = (): void => {};
  void (async () => {
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      const found =
        Buffer.from(part)
          .toString()
          .match(/event: \w+/g) ?? [];
      events.push(...found);
      if (found.length > 0) wake();
    }
  })().catch(() => {});
  return {
    events,
    next: () =>
      new Promise(resolve => {
        wake = resolve;
      }),
    end: () => abort.abort(),
  };
}

/** What was written before is told. */
async function quiet({ events }: Stream): Promise<void> {
  for (let seen = -1; seen !== events.length; ) {
    seen = events.length;
    await new Promise(resolve => setTimeout(resolve, 700));
  }
}

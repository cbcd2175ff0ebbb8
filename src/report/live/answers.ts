/** Request → answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describeError, UserError } from '../../core/errors.ts';
import type { Store } from '../../tracking/store.ts';
import type { Asked } from './asked.ts';
import type { RunControl } from './control.ts';
import { zoomOf } from './curves.ts';
import type { EventStreams } from './event-streams.ts';
import { readForm } from './form.ts';
import { type GuardOptions, isEqual, newToken, type Refusal, refusalOf, refusalOfForm } from './guard.ts';
import { decoded, pageAt } from './pages.ts';
import { runPath } from './paths.ts';
import { HEADERS, type Reply, send } from './reply.ts';
import { currentView, type LiveView, messageView, renderView } from './view.ts';

export interface AnswerOptions extends GuardOptions {
  store: Store;
  /** Null: looking is all that one may do. */
  control: RunControl | null;
  streams: EventStreams;
  /** Called before the store is asked. */
  catchUp(): void;
}

/** In this form the page's script asks for what its page shows now. */
const NOW = /^\/now(?=\/)/;
const CONTROL = /^\/runs\/([^/]+)\/(stop|resume)$/;
/** Until the browser is closed, and to no request that another site has caused. */
const COOKIE_RULES = 'HttpOnly; SameSite=Strict; Path=/';

export class Answers {
  readonly #options: AnswerOptions;
  readonly #formToken = newToken();

  constructor(options: AnswerOptions) {
    this.#options = options;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Who is gone is no trouble of ours.
    response.on('error', () => {});
    const url = urlOf(request);
    try {
      const reply = await this.#reply(request, response, url);
      if (reply !== null) send(response, reply, request.method !== 'HEAD');
    } catch (error) {
      send(response, inForm(url, troubleView(error, request.method)), request.method !== 'HEAD');
    }
  }

  /** Null: the answer goes on. */
  async #reply(request: IncomingMessage, response: ServerResponse, url: URL): Promise<Reply | null> {
    const signedIn = this.#signIn(url);
    if (signedIn !== null) return signedIn;
    const refusal = refusalOf(request, this.#options);
    if (refusal !== null) return inForm(url, refusalView(refusal));
    if (request.method === 'POST') return await this.#change(request, url);
    if (request.method !== 'GET' && request.method !== 'HEAD') return inForm(url, refusalView(ONLY_READ));
    if (url.pathname === '/events') return this.#follow(request, response, url);
    this.#options.catchUp();
    return inForm(url, pageAt(url.pathname.replace(NOW, ''), this.#asked(url)));
  }

  /** The token of the address becomes a cookie, and leaves the address. A redirection would not be given a strict cookie. */
  #signIn(url: URL): Reply | null {
    const { token, cookie } = this.#options;
    const given = url.searchParams.get('token');
    if (token === null || given === null || !isEqual(given, token)) return null;
    url.searchParams.delete('token');
    const headers = {
      'set-cookie': `${cookie}=${token}; ${COOKIE_RULES}`,
      // With two slashes it would lead to another host.
      refresh: `0; url=${url.pathname.replace(/^\/+/, '/')}${url.search}`,
    };
    return { status: 200, type: 'text/plain', body: 'Welcome. The page follows.\n', headers };
  }

  #asked({ searchParams: query }: URL): Asked {
    const { store, control } = this.#options;
    return { store, query, zoom: zoomOf(query), nowMs: Date.now(), formToken: control && this.#formToken };
  }

  #follow(request: IncomingMessage, response: ServerResponse, url: URL): Reply | null {
    const { streams } = this.#options;
    if (streams.isFull) return inForm(url, TOO_MANY);
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    const [run, experiment] = ['run', 'experiment'].map(name => url.searchParams.get(name) ?? undefined);
    if (request.method === 'HEAD') response.end();
    else streams.open(response, { run, experiment });
    return null;
  }

  async #change(request: IncomingMessage, url: URL): Promise<Reply> {
    const [, run = '', action] = CONTROL.exec(url.pathname) ?? [];
    const { control } = this.#options;
    if (control === null || action === undefined) return inForm(url, refusalView(ONLY_READ));
    const refusal = refusalOfForm(request, (await readForm(request)).get('token'), this.#formToken);
    if (refusal !== null) return inForm(url, refusalView(refusal));
    control[action as keyof RunControl](decoded(run));
    return { status: 303, type: 'text/plain', body: '', headers: { location: runPath(decoded(run)) } };
  }
}

function urlOf({ url = '/' }: IncomingMessage): URL {
  const here = 'http://here';
  return URL.canParse(url, here) ? new URL(url, here) : new URL(here);
}

const TOO_MANY = messageView('Too many', 'As many pages are open as this server follows: close some.', 503);

const ONLY_READ: Refusal = {
  status: 405,
  message: 'Nothing can be changed here: bench serve --allow-control offers buttons that stop and resume runs.',
};

function inForm(url: URL, view: LiveView): Reply {
  const status = view.status ?? 200;
  if (NOW.test(url.pathname)) return { status, type: 'application/json', body: currentView(view) };
  return { status, type: 'text/html', body: renderView(view) };
}

const refusalView = ({ status, message }: Refusal): LiveView => messageView('Refused', message, status);

/** Of a mistake of ours, too, its reader gets one line. */
function troubleView(error: unknown, method = 'GET'): LiveView {
  const known = method === 'POST' ? 409 : 503;
  return messageView('That did not work', describeError(error), error instanceof UserError ? known : 500);
}

/** Who may ask for what. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

export const newToken = (): string => randomBytes(24).toString('base64url');

/** Addresses that only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);

export type Refusal = { status: 401 | 403 | 405; message: string };

export interface GuardOptions {
  /** As it was given to listen on. */
  host: string;
  /** Null: none is asked for. */
  token: string | null;
  cookie: string;
}

/**
 * Null if the request may pass. A page of another site cannot ask us in its reader's name: with a name of its own that leads
 * here (DNS rebinding) it fails by the Host header, without one by the cookie, which is sent to our own pages only.
 */
export function refusalOf(request: IncomingMessage, { host, token, cookie }: GuardOptions): Refusal | null {
  if (!isOurName(hostNameOf(request), host)) return WRONG_HOST;
  if (token !== null && ![bearerOf(request), cookieOf(request, cookie)].some(given => isEqual(given, token)))
    return NO_TOKEN;
  return null;
}

/** For what changes something: the form must be one of ours, and say so itself. */
export function refusalOfForm(request: IncomingMessage, given: string | null, formToken: string): Refusal | null {
  if (originOf(request) !== request.headers.host) return FOREIGN_FORM;
  return isEqual(given, formToken) ? null : OLD_FORM;
}

/** In constant time, whatever the lengths. */
export function isEqual(given: string | null, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return given !== null && timingSafeEqual(digest(given), digest(expected));
}

/** Numbers are nobody's names: they lead where they say. */
const isOurName = (name: string, host: string): boolean =>
  isIP(name) !== 0 || ['localhost', hostname().toLowerCase(), host.toLowerCase()].includes(name);

const hostNameOf = ({ headers }: IncomingMessage): string =>
  (parseUrl(`http://${headers.host}`)?.hostname ?? '').replace(/^\[|\]$/g, '');

const originOf = ({ headers }: IncomingMessage): string | null => parseUrl(headers.origin ?? '')?.host ?? null;

const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

const bearerOf = ({ headers }: IncomingMessage): string | null =>
  /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;

function cookieOf({ headers }: IncomingMessage, name: string): string | null {
  const pairs = (headers.cookie ?? '').split('; ').map(pair => pair.split('='));
  return pairs.find(([key]) => key === name)?.[1] ?? null;
}

const WRONG_HOST: Refusal = {
  status: 403,
  message: 'The address names a host that this server is not. Use the address that it printed when it started.',
};
const NO_TOKEN: Refusal = {
  status: 401,
  message:
    'This server wants a token: open the address that it printed when it started, or send "Authorization: Bearer TOKEN".',
};
const FOREIGN_FORM: Refusal = {
  status: 403,
  message: 'This was asked for by a page of another site. Nothing was done.',
};
const OLD_FORM: Refusal = {
  status: 403,
  message: 'The page is older than this server. Nothing was done: load the page again, then repeat.',
};

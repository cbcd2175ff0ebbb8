import type { ServerResponse } from 'node:http';

export interface Reply {
  status: number;
  type: 'text/html' | 'application/json' | 'text/plain';
  body: string;
  headers?: Record<string, string>;
}

/** The page's own policy says what may run in it; what only a header can say is here. */
export const HEADERS: Record<string, string> = {
  'cache-control': 'no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Without any, forms would not say where they come from.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

export function send(response: ServerResponse, { status, type, body, headers }: Reply, withBody: boolean): void {
  const bytes = Buffer.from(body);
  const length = { 'content-type': `${type}; charset=utf-8`, 'content-length': bytes.length };
  response.writeHead(status, { ...HEADERS, ...length, ...headers });
  response.end(withBody ? bytes : undefined);
}

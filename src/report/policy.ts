import { createHash } from 'node:crypto';
import type { Html } from './html.ts';

/**
 * The page's content security policy. Nothing may be fetched, so nothing can leak; a page that is served may ask its own
 * server, and no other. Of scripts only those whose hashes stand here run, so no name in the data can become code. Vega
 * compiles expressions with `eval` unless it is given an interpreter: vega-embed carries one (`ast: true`), hence no
 * 'unsafe-eval'; charts as small as ours are not slower for it. Styles are open: Vega sets `style` attributes. Images
 * are part of the page.
 */
export function policyFor(scripts: readonly Html[], talksHome = false): string {
  const hashes = scripts.map(({ text }) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  const run = hashes.length > 0 ? ` script-src ${hashes.join(' ')};` : '';
  const home = talksHome ? "connect-src 'self'; form-action 'self'" : "form-action 'none'";
  return `default-src 'none';${run} style-src 'unsafe-inline'; img-src data:; base-uri 'none'; ${home}`;
}

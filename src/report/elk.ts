import type { ELK } from 'elkjs/lib/elk-api.js';

let loaded: Promise<ELK> | undefined;

/** Lays graphs out. A fifth of a second: only who draws one pays for it. */
export function loadElk(): Promise<ELK> {
  loaded ??= import('elkjs/lib/elk.bundled.js').then(({ default: Elk }) => new Elk.default());
  return loaded;
}

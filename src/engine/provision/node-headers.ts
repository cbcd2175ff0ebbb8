import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where distributions put headers that are not beside the binary. */
const PREFIXES = [dirname(dirname(process.execPath)), '/usr', '/usr/local'];

/** The prefix whose include/node holds the headers of exactly the Node that runs, or undefined. */
export function nodeHeaderPrefix(): string | undefined {
  return PREFIXES.find(prefix => versionOf(join(prefix, 'include', 'node', 'node_version.h')) === process.version);
}

function versionOf(header: string): string | undefined {
  if (!existsSync(header)) return undefined;
  const text = readFileSync(header, 'utf8');
  const part = (name: string): string | undefined => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1];
  return `v${part('MAJOR')}.${part('MINOR')}.${part('PATCH')}`;
}

/** The table of folders in docs/architecture.md: what each is for, and which others it may import. */
import { readFileSync } from 'node:fs';

export interface Folder {
  name: string;
  /** Up to the first semicolon. */
  idea: string;
  /** Null: all. */
  mayImport: readonly string[] | null;
}

const ROW = /^\| `src\/([a-z]+)` \| (.+?) \| (.+?) \|$/gm;

export function folderTable(): readonly Folder[] {
  return [...readFileSync('docs/architecture.md', 'utf8').matchAll(ROW)].map(([, name = '', idea = '', may = '']) => ({
    name,
    idea: plain(idea.split(/[:;]/)[0] as string),
    mayImport: may === 'all' ? null : may === 'nothing of ours' ? [] : may.split(', '),
  }));
}

const plain = (markdown: string): string => markdown.replaceAll('`', '');

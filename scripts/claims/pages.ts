/** The parts of README.md and docs/claims.md that are made from the experiments and their records. */
import { readFileSync } from 'node:fs';
import { claimRows } from '../../src/cli/claims/claims.ts';
import { claimMatrix, countText, experimentTable } from '../../src/report/records/claims-markdown.ts';

const BEGIN = '<!-- claims: written by `npm run claims` -->';
const END = '<!-- /claims -->';

export interface Page {
  path: string;
  text: string;
}

/** As they should be. */
export async function claimPages(): Promise<Page[]> {
  const rows = await claimRows();
  const counts = countText(rows);
  return [
    pageWith('README.md', `${counts}\n\n${experimentTable(rows)}`),
    pageWith('docs/claims.md', `${counts}\n\n${claimMatrix(rows)}`),
  ];
}

function pageWith(path: string, part: string): Page {
  const page = readFileSync(path, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${path}: expected ${BEGIN} and, behind it, ${END}`);
  return { path, text: `${page.slice(0, begin)}${BEGIN}\n\n${part}\n${page.slice(end)}` };
}

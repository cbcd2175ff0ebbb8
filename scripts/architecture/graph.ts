/** The arrows of the picture: from what is imported to who imports it, since that is the way that data goes. */
import { folderImports, ownImportsOf, sourceFiles } from './imports.ts';

export interface Arrow {
  from: string;
  to: string;
  /** No import: what one writes the other reads. */
  by?: string;
}

/** Both know its format, which is core's, and nothing of one another. */
const JOURNAL = { from: 'runner', to: 'tracking', by: 'journals', format: 'core/journal.ts' };

/** An arrow that a longer way already implies is left out (the transitive reduction). */
export function arrowsOfImports(): Arrow[] {
  const imports = folderImports();
  const imported = (folder: string): ReadonlySet<string> => imports.get(folder) ?? new Set();
  const reaches = (folder: string, target: string): boolean =>
    [...imported(folder)].some(next => next === target || reaches(next, target));
  const arrows = [...imports.keys()].flatMap(to =>
    [...imported(to)]
      .filter(from => ![...imported(to)].some(other => other !== from && reaches(other, from)))
      .map(from => ({ from, to })),
  );
  return [...arrows.sort(byNames), journalArrow()];
}

function journalArrow(): Arrow {
  const { from, to, by, format } = JOURNAL;
  for (const folder of [from, to]) {
    const files = sourceFiles.filter(file => file.startsWith(`${folder}/`));
    if (!files.some(file => ownImportsOf(file).includes(format)))
      throw new Error(`${folder} no longer imports ${format}: draw another way of the data in scripts/architecture/.`);
  }
  return { from, to, by };
}

const byNames = (a: Arrow, b: Arrow): number =>
  a.from === b.from ? a.to.localeCompare(b.to) : a.from.localeCompare(b.from);

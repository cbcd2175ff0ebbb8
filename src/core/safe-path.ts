/**
 * Names and paths that come from a journal, a store, an import or a command line, before they touch a disk: they stay
 * inside the folder they are meant for, on every system that a folder may be copied to.
 */
import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { errorCode, UserError } from './errors.ts';

const MAX_NAME_CHARACTERS = 128;
const MAX_PATH_CHARACTERS = 1024;
/** What is printed as itself and stands for nothing in a path on any system; no dot (hidden, `..`) or blank at its ends. */
const NAME = /^(?![. ])(?:[^<>:"/\\|?*\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]| )+(?<![. ])$/u;
/** Devices on Windows, with any ending. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/** Why the name cannot be that of one file or folder, in a few words; null if it can. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'it is empty';
  if (name.length > MAX_NAME_CHARACTERS) return `it has more than ${MAX_NAME_CHARACTERS} characters`;
  if (RESERVED.test(name)) return 'the name is reserved on some systems';
  return NAME.test(name)
    ? null
    : 'no control or invisible characters, none of < > : " / \\ | ? *, and no dot or blank at its ends may stand in it';
}

/** The same of a path relative to some folder, its parts separated by `/`. */
export function pathProblem(path: string): string | null {
  if (path.length > MAX_PATH_CHARACTERS) return `it has more than ${MAX_PATH_CHARACTERS} characters`;
  if (path.startsWith('/') || isAbsolute(path)) return 'it is absolute';
  for (const part of path.split('/')) {
    const problem = nameProblem(part);
    if (problem !== null)
      return part === '..' ? 'it leads out of its folder' : `in ${JSON.stringify(part)}: ${problem}`;
  }
  return null;
}

/** The name as it is. Throws one line (`what`: "run", "artifact") if it is not safe. */
export function safeName(what: string, name: string): string {
  const problem = nameProblem(name);
  if (problem !== null) throw unsafe(what, name, problem);
  return name;
}

/**
 * The absolute path of `path` in `folder`, which need not exist yet. Throws one line if it is not safe, or if a link
 * that is already there leads out of the folder.
 */
export function insideFolder(folder: string, path: string, what = 'path'): string {
  const problem = pathProblem(path) ?? (leadsOut(folder, path) ? 'a link in it leads out of its folder' : null);
  if (problem !== null) throw unsafe(what, path, problem);
  return join(folder, path);
}

function leadsOut(folder: string, path: string): boolean {
  const root = realPathOf(folder);
  const way = relative(root, realPathOf(join(folder, path)));
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/** Links followed as far as the path exists. A link into nowhere is an error of its own: nobody knows where it will lead. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || isLink(path)) return sep;
    return join(realPathOf(dirname(path)), path.slice(dirname(path).length));
  }
}

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

const unsafe = (what: string, name: string, problem: string): UserError =>
  new UserError(`${what} ${JSON.stringify(name.slice(0, 80))} is refused: ${problem}.`);

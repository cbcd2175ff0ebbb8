/** Files that a command gives a user to begin with. What is there already is never overwritten. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describeError, errorCode, UserError } from '../../core/errors.ts';
import { packageRoot } from '../../core/places.ts';

export interface NewFile {
  path: string;
  content: string | Uint8Array;
}

/** A file of templates/, in which NAME stands for `name`. */
export function fromTemplate(template: string, path: string, name = ''): NewFile {
  const text = readFileSync(join(packageRoot, 'templates', template), 'utf8');
  return { path, content: text.replaceAll('NAME', name) };
}

/** All or none: throws one line, before anything is written, if one of them is there. */
export function writeNewFiles(files: readonly NewFile[]): void {
  const present = files.find(({ path }) => existsSync(path));
  if (present) throw taken('a file', relative('.', present.path));
  for (const { path, content } of files) writeNew(path, content);
}

function writeNew(path: string, content: NewFile['content']): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw taken('a file', path);
    throw new UserError(`${path}: cannot be written (${describeError(error)}).`, { cause: error });
  }
}

export const taken = (what: string, where: string): UserError =>
  new UserError(`${what} is there already: ${where}. Choose another name; nothing was written.`);

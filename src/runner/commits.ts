/** The line of commits between two. */
import { refusal } from '../core/errors.ts';
import { askGit } from './git.ts';
import { wayToFetch } from './worktree.ts';

export interface Commit {
  hash: string;
  subject: string;
}

/**
 * After `good` up to and with `bad`, oldest first, along first parents: what a merge brought in counts as one. Both are
 * full hashes. Throws one line unless `good` comes before `bad`.
 */
export function commitsBetween(root: string, good: string, bad: string): Commit[] {
  const [from, to] = [good, bad].map(hash => hash.slice(0, 12));
  if (good === bad || !askGit(root, ['merge-base', '--is-ancestor', good, bad]).ok) {
    throw refusal(
      `expected the good commit to come before the bad one, but ${from} is no ancestor of ${to} in ${root}. If it should be one, ${wayToFetch(root)}.`,
    );
  }
  const log = askGit(root, ['log', '--first-parent', '--reverse', '--format=%H %s', `${good}..${bad}`, '--']);
  if (!log.ok) throw refusal(`the commits between ${from} and ${to} cannot be listed: ${log.why}.`);
  return log.text.trimEnd().split('\n').map(parse);
}

function parse(line: string): Commit {
  const at = line.indexOf(' ');
  return { hash: line.slice(0, at), subject: line.slice(at + 1) };
}

/** The first bad commit of a line of commits, by binary search. */

/** *untestable*: it does not build or run. *undecided*: its seeds do not say. */
export type CommitOutcome = 'good' | 'bad' | 'untestable' | 'undecided';

/** Each half of what is left is one decision, and the bad end is one. */
export const plannedDecisions = (commits: number): number => 1 + Math.ceil(Math.log2(Math.max(1, commits)));

/**
 * Between a good commit before the first of `commits` and their last, which is bad. Gives the suspects in their order:
 * the first bad one is among them, and is found where there is only one. Around an untestable commit its nearest
 * neighbour is asked; an undecided one ends the search.
 */
export async function searchFirstBad(
  commits: readonly string[],
  judge: (commit: string) => Promise<CommitOutcome>,
): Promise<readonly string[]> {
  let suspects = commits;
  const untestable = new Set<string>();
  for (;;) {
    const commit = nextToJudge(suspects, untestable);
    if (commit === undefined) return suspects;
    const outcome = await judge(commit);
    const at = suspects.indexOf(commit) + 1;
    if (outcome === 'undecided') return suspects;
    if (outcome === 'good') suspects = suspects.slice(at);
    else if (outcome === 'bad') suspects = suspects.slice(0, at);
    else untestable.add(commit);
  }
}

/** The one nearest to the middle; the last suspect is known to be bad. */
function nextToJudge(suspects: readonly string[], untestable: ReadonlySet<string>): string | undefined {
  const middle = (suspects.length - 2) / 2;
  const distance = (commit: string): number => Math.abs(suspects.indexOf(commit) - middle);
  const open = suspects.slice(0, -1).filter(commit => !untestable.has(commit));
  return open.toSorted((a, b) => distance(a) - distance(b))[0];
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CommitOutcome, plannedDecisions, searchFirstBad } from '../../src/gate/index.ts';

const line = (length: number): string[] => Array.from({ length }, (_, i) => `c${i + 1}`);

/** The commits from index `first` on are bad; those of `odd` answer otherwise. Also gives whom the search asked. */
async function search(length: number, first: number, odd: Record<string, CommitOutcome> = {}) {
  const commits = line(length);
  const asked: string[] = [];
  const suspects = await searchFirstBad(commits, async commit => {
    asked.push(commit);
    return odd[commit] ?? (commits.indexOf(commit) >= first ? 'bad' : 'good');
  });
  return { suspects, asked };
}

describe('searchFirstBad', () => {
  test('finds the first bad one of any line, with no more decisions than were planned', async () => {
    for (let length = 1; length <= 40; length++) {
      for (let first = 0; first < length; first++) {
        const { suspects, asked } = await search(length, first);
        expect(suspects).toEqual([`c${first + 1}`]);
        expect(asked.length + 1).toBeLessThanOrEqual(plannedDecisions(length)); // one for the bad end
        expect(asked).not.toContain(`c${length}`);
      }
    }
  });

  test('goes round commits that cannot be tested, and names them where they hide the first bad one', async () => {
    expect((await search(9, 2, { c5: 'untestable' })).suspects).toEqual(['c3']);
    const hidden = await search(9, 4, { c4: 'untestable', c5: 'untestable' });
    expect(hidden.suspects).toEqual(['c4', 'c5', 'c6']);
    expect(new Set(hidden.asked).size).toBe(hidden.asked.length);
  });

  test('whatever cannot be tested, the first bad one is among the suspects and all others are untestable', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), fc.nat(), async (testable, at) => {
        const first = at % testable.length;
        const odd = line(testable.length).filter((_, i) => !testable[i] && i < testable.length - 1);
        const { suspects } = await search(
          testable.length,
          first,
          Object.fromEntries(odd.map(commit => [commit, 'untestable' as const])),
        );
        expect(suspects).toContain(`c${first + 1}`);
        expect(suspects.slice(0, -1).every(commit => odd.includes(commit))).toBe(true);
      }),
    );
  });

  test('an undecided commit ends it', async () => {
    expect(await search(9, 2, { c4: 'undecided' })).toEqual({ suspects: line(9), asked: ['c4'] });
  });
});

/** On a cluster the runs of one comparison may have had machines of several types. */
import type { RunSummary } from '../core/results.ts';
import type { MixedSeeds } from '../stats/index.ts';

/** Run → types of machine, as the store knows them. */
export type MachineTypes = ReadonlyMap<string, readonly string[]>;

/** Seeds of which the finished runs of these arms, together, had more than one type. */
export function mixedSeedsOf(runs: readonly RunSummary[], types: MachineTypes): MixedSeeds {
  const finished = runs.filter(run => run.state === 'finished');
  return arms => {
    const bySeed = new Map<number, Set<string>>();
    for (const { id, arm, seed } of finished)
      if (arms.includes(arm)) bySeed.set(seed, new Set([...(bySeed.get(seed) ?? []), ...(types.get(id) ?? [])]));
    const mixed = [...bySeed].filter(([, found]) => found.size > 1);
    return mixed.map(([seed]) => seed).sort((a, b) => a - b);
  };
}

/** The type that most of these runs had and no other; null where all had the same, or nobody said. */
export function commonType(runs: readonly RunSummary[], types: MachineTypes): string | null {
  const counts = new Map<string, number>();
  for (const type of runs.flatMap(({ id }) => types.get(id) ?? [])) counts.set(type, (counts.get(type) ?? 0) + 1);
  if (counts.size < 2) return null;
  const [most] = [...counts].sort(([, a], [, b]) => b - a) as [[string, number]];
  return most[0];
}

import { UserError } from '../core/errors.ts';
import type { Predictions } from '../core/predictions.ts';
import { bestClasses, lossOf, rankOf } from '../core/ranking.ts';

/**
 * The soft-max average of several nets on one test set (Krizhevsky et al. 2012, §5), as predictions like theirs. Of one
 * it is that one. Throws `UserError` unless all are of the same images.
 */
export function averagePredictions(members: readonly Predictions[]): Predictions {
  const [first, ...others] = members;
  if (first === undefined) throw new UserError('an ensemble: expected at least one run, got none.');
  for (const other of others) requireSameImages(first, other);
  if (others.length === 0) return first;
  const probabilities = (i: number): Float32Array => meanProbabilities(members, i);
  const { count, labels } = first;
  const label = (i: number): number => labels[i] as number;
  return {
    about: { ...first.about, run: join(members, 'run'), procedure: join(members, 'procedure') },
    count,
    labels,
    chosen: Uint16Array.from(labels, (_, i) => bestClasses(probabilities(i), 1)[0] as number),
    ranks: Uint16Array.from(labels, (_, i) => rankOf(probabilities(i), label(i))),
    losses: Float32Array.from(labels, (_, i) => lossOf(probabilities(i), label(i))),
    probabilities,
  };
}

/** Of image i, by class. */
export function meanProbabilities(members: readonly Predictions[], i: number): Float32Array {
  const rows = members.map(member => member.probabilities(i));
  const [first] = rows as [Float32Array];
  return first.map((_, k) => rows.reduce((sum, row) => sum + (row[k] as number), 0) / rows.length);
}

/** Throws `UserError` unless both are predictions of the same test set. */
export function requireSameImages(a: Predictions, b: Predictions): void {
  const same = a.about.fingerprint === b.about.fingerprint && a.count === b.count;
  if (same && a.labels.every((label, i) => label === b.labels[i])) return;
  const nameOf = ({ about, count }: Predictions): string =>
    `${about.run} of ${count} images of ${about.dataset} (${about.fingerprint.slice(0, 12)})`;
  throw new UserError(`expected predictions of one test set, got ${nameOf(a)} and ${nameOf(b)}.`);
}

const join = (members: readonly Predictions[], key: 'run' | 'procedure'): string =>
  [...new Set(members.map(({ about }) => about[key]))].join('+');

/**
 * p values adjusted for their number (Holm 1979), in the order given: rejecting those of at most α errs anywhere with
 * chance α at most, however the tests hang together.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => (ps[a] as number) - (ps[b] as number));
  const adjusted = new Array<number>(ps.length);
  let least = 0;
  order.forEach((i, rank) => {
    least = Math.max(least, Math.min(1, (ps.length - rank) * (ps[i] as number)));
    adjusted[i] = least;
  });
  return adjusted;
}

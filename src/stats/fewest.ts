/** The least whole number of `low` to `high` for which `holds` is true. It is true of `high` and of all from the first on. */
export function fewest(low: number, high: number, holds: (count: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return to;
}

/** Where `holds` turns false between `low`, where it is true, and `high`: bisection down to neighbouring numbers. */
export function turningPoint(low: number, high: number, holds: (value: number) => boolean): number {
  let [below, above] = [low, high];
  for (;;) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) return middle;
    if (holds(middle)) below = middle;
    else above = middle;
  }
}

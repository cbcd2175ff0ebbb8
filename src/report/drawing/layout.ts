/**
 * Where boxes stand: the trunk, through which all of the net goes, is a straight column from top to bottom. What lies side
 * by side between two boxes of the trunk is laid out by itself.
 */
import { layOutBranches } from './branches.ts';
import type { Box } from './graph.ts';
import { sizeOfBox } from './measure.ts';
import { GAP, type Layout, type Line, type PlacedBox, type SizedBox } from './placed.ts';

/** Boxes of one width, joints apart; what they read and is not among them has no line. */
export async function layOut(boxes: readonly Box[]): Promise<Layout> {
  const sized = sameWidth(boxes);
  const trunk = trunkOf(boxes);
  const placed: PlacedBox[] = [];
  const lines: Line[] = [];
  let between: SizedBox[] = [];
  for (const [i, one] of sized.entries()) {
    const above = placed.at(-1);
    const last = i === sized.length - 1;
    if (!trunk[i] && !last) between.push(one);
    else if (!above) placed.push({ ...one, x: -one.width / 2, y: 0 });
    else if (between.length === 0) {
      const below = { ...one, x: -one.width / 2, y: above.y + above.height + GAP.below };
      placed.push(below);
      lines.push(...linesDown(above, below));
    } else {
      const part = await layOutBranches(above, between, one);
      placed.push(...part.boxes);
      lines.push(...part.lines);
      between = [];
    }
  }
  return { boxes: placed, lines };
}

function sameWidth(boxes: readonly Box[]): SizedBox[] {
  const sized = boxes.map(box => ({ box, ...sizeOfBox(box) }));
  const width = Math.max(...sized.map(one => one.width));
  return sized.map(one => (one.box.kind === 'join' ? one : { ...one, width }));
}

/** Whether lines pass a box by, for each of them: boxes are in topological order. */
function trunkOf(boxes: readonly Box[]): boolean[] {
  const places = new Map(boxes.map(({ id }, i) => [id, i]));
  const read = boxes.map(() => 0);
  boxes.forEach(({ inputs }, i) => {
    for (const input of inputs) read[places.get(input) ?? i] = i;
  });
  let farthest = 0;
  return boxes.map((_, i) => {
    const free = farthest <= i;
    farthest = Math.max(farthest, read[i] ?? 0);
    return free;
  });
}

/** One, or one for each of two towers. */
function linesDown(before: PlacedBox, after: PlacedBox): Line[] {
  const towers = Math.max(before.box.towers, after.box.towers);
  const width = Math.max(before.width, after.width);
  return Array.from({ length: towers }, (_, i) => {
    const x = ((2 * i + 1) / (2 * towers) - 1 / 2) * width;
    const points = [
      { x, y: before.y + before.height },
      { x, y: after.y },
    ];
    return { from: before.box.id, to: after.box.id, points };
  });
}

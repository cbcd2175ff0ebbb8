/** Auxiliary heads stand beside the net at the height where they leave it. */
import type { Box } from './graph.ts';
import { layOut } from './layout.ts';
import { GAP, type Layout, type Line, moveLayout, type PlacedBox, type Rectangle } from './placed.ts';

const ASIDE = 34;

/** `reach`: the right edge of the net with its shortcuts. */
export async function placeHeads(net: Layout, boxes: readonly Box[], reach: number): Promise<Layout> {
  const numbers = [...new Set(boxes.map(box => box.head))].filter(head => head !== null);
  const left = Math.min(...net.boxes.map(one => one.x));
  const taken: Rectangle[] = [];
  const whole = { boxes: [...net.boxes], lines: [...net.lines] };
  for (const number of numbers) {
    const own = boxes.filter(box => box.head === number);
    const source = net.boxes.find(one => one.box.id === own[0]?.inputs[0]);
    if (!source) continue;
    const head = fromZero(await layOut(own));
    const place = freePlace(head, source, { left, reach }, taken);
    taken.push(place);
    const placed = moveLayout(head, place.x, place.y);
    whole.boxes.push(...placed.boxes);
    whole.lines.push(...placed.lines, lineTo(placed.boxes[0] as PlacedBox, source));
  }
  return whole;
}

/** Right of the net, else left of it, else further out. */
function freePlace(
  head: Layout,
  source: PlacedBox,
  { left, reach }: { left: number; reach: number },
  taken: readonly Rectangle[],
): Rectangle {
  const width = Math.max(...head.boxes.map(one => one.x + one.width));
  const height = Math.max(...head.boxes.map(one => one.y + one.height));
  const y = source.y + source.height / 2 + GAP.below;
  for (let out = 0; ; out++) {
    const away = ASIDE + out * (width + GAP.beside);
    const places = [reach + away, left - away - width].map(x => ({ x, y, width, height }));
    const free = places.find(place => !taken.some(other => overlap(place, other)));
    if (free) return free;
  }
}

/** With its left edge at 0. */
function fromZero(head: Layout): Layout {
  return moveLayout(head, -Math.min(...head.boxes.map(({ x }) => x)), 0);
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  const beside = a.x >= b.x + b.width || b.x >= a.x + a.width;
  return !beside && a.y < b.y + b.height + GAP.below && b.y < a.y + a.height + GAP.below;
}

/** Out of the source's side, down into the head's first box. */
function lineTo(first: PlacedBox, source: PlacedBox): Line {
  const x = first.x + first.width / 2;
  const y = source.y + source.height / 2;
  const side = x > source.x ? source.x + source.width : source.x;
  return {
    from: source.box.id,
    to: first.box.id,
    points: [
      { x: side, y },
      { x, y },
      { x, y: first.y },
    ],
  };
}

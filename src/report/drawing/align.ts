/** Nets beside one another: layers with outputs of one size begin at one height, as in figure 3 of He et al. 2015. */
import type { Shape } from '../../core/net.ts';
import type { Layout, PlacedBox } from './placed.ts';

/** Of an image of the net's input: halved so often; layers without height and width come last. */
export const HEAD = 99;

export interface Stage {
  octave: number;
  /** Where it begins in the drawing. */
  y: number;
  /** Outputs in it, largest first. */
  sizes: readonly string[];
}

export function octaveOf(output: Shape, input: Shape): number {
  if (output.length < 3 || input.length < 3) return HEAD;
  return Math.max(0, Math.round(Math.log2((input[0] as number) / (output[0] as number))));
}

/** Moves layers down until stages begin together. Stages that do not follow one another are left as they are. */
export function alignStages(
  layouts: readonly Layout[],
  inputs: readonly Shape[],
): { layouts: Layout[]; stages: Stage[] } {
  const starts = layouts.map((layout, i) => startsOf(layout.boxes, inputs[i] as Shape));
  const octaves = [...new Set(starts.flatMap(one => [...one.keys()]))].sort((a, b) => a - b);
  const shifts = starts.map(() => [{ from: -Infinity, by: 0 }]);
  const stages = octaves.map(octave => {
    const reached = starts.map((one, i) => (one.get(octave) ?? -Infinity) + (shifts[i]?.at(-1)?.by ?? 0));
    const y = Math.max(...reached);
    starts.forEach((one, i) => {
      const from = one.get(octave);
      if (from !== undefined) shifts[i]?.push({ from, by: y - from });
    });
    return { octave, y, sizes: sizesOf(layouts, inputs, octave) };
  });
  return { layouts: layouts.map((layout, i) => shift(layout, shifts[i] ?? [])), stages };
}

function startsOf(boxes: readonly PlacedBox[], input: Shape): Map<number, number> {
  const starts = new Map<number, number>();
  for (const { box, y } of boxes) {
    const octave = octaveOf(box.output, input);
    starts.set(octave, Math.min(starts.get(octave) ?? Infinity, y));
  }
  const sorted = [...starts].sort(([a], [b]) => a - b);
  return new Map(sorted.filter(([, y], i) => sorted.slice(0, i).every(([, before]) => before < y)));
}

function sizesOf(layouts: readonly Layout[], inputs: readonly Shape[], octave: number): string[] {
  const heights = layouts.flatMap(({ boxes }, i) =>
    boxes.filter(({ box }) => octaveOf(box.output, inputs[i] as Shape) === octave).map(({ box }) => box.output),
  );
  const images = heights.filter(output => output.length === 3).sort((a, b) => (b[0] as number) - (a[0] as number));
  return [...new Set(images.map(([height, width]) => `${height}×${width}`))];
}

function shift({ boxes, lines }: Layout, shifts: readonly { from: number; by: number }[]): Layout {
  const move = (y: number): number => y + (shifts.findLast(({ from }) => y >= from)?.by ?? 0);
  const moved = boxes.map(one => ({ ...one, y: move(one.y) }));
  const at = new Map(moved.map(one => [one.box.id, one]));
  return {
    boxes: moved,
    // A line may begin below the height at which the next stage does: its ends are where its boxes are.
    lines: lines.map(line => {
      const [from, to] = [at.get(line.from), at.get(line.to)];
      const last = line.points.length - 1;
      const points = line.points.map(({ x, y }, i) => {
        if (i === 0 && from) return { x, y: from.y + from.height };
        return { x, y: i === last && to ? to.y : move(y) };
      });
      return { ...line, points };
    }),
  };
}

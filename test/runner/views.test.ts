import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ViewProcedure } from '../../src/core/procedure.ts';
import { type InputFormat, sizeAtShorterSide } from '../../src/data/index.ts';
import { viewsOf } from '../../src/runner/procedures/views.ts';

const format = (side: number, shorterSide: number | null = null): InputFormat => ({
  shape: [side, side, 1],
  shorterSide,
  scale: 'standardised',
  mean: [0],
  std: [1],
});
const CROPS: Exclude<ViewProcedure, { kind: 'dense' }>[] = [
  { kind: 'single-crop' },
  { kind: 'ten-crop' },
  { kind: 'multi-scale', scales: [24, 32, 40] },
  { kind: '144-crop', scales: [24, 28, 32, 40] },
];

test('ten crops: four corners and the middle, each with its mirror image', () => {
  const views = viewsOf({ kind: 'ten-crop' }, { height: 32, width: 32 }, format(28));
  const upright = views.filter(view => !view.flip);
  expect(upright.map(({ top, left }) => [top, left])).toEqual([
    [0, 0],
    [0, 4],
    [4, 0],
    [4, 4],
    [2, 2],
  ]);
  expect(views.filter(view => view.flip).map(view => ({ ...view, flip: false }))).toEqual(upright);
});

test('144 crops, all different, of a landscape and of a portrait', () => {
  for (const stored of [
    { height: 30, width: 50 },
    { height: 50, width: 30 },
  ]) {
    const views = viewsOf({ kind: '144-crop', scales: [24, 28, 32, 40] }, stored, format(20));
    expect(new Set(views.map(view => JSON.stringify(view))).size).toBe(144);
    expect(views.filter(view => view.height === view.shorterSide).length).toBe(24);
  }
});

test('single and multi-scale show the middle', () => {
  expect(viewsOf({ kind: 'single-crop' }, { height: 32, width: 48 }, format(28))).toEqual([
    { top: 2, left: 10, height: 28, width: 28, flip: false },
  ]);
  const views = viewsOf({ kind: 'multi-scale', scales: [30, 40] }, { height: 60, width: 60 }, format(28));
  expect(views.map(({ top, shorterSide, flip }) => [top, shorterSide, flip])).toEqual([
    [1, 30, false],
    [1, 30, true],
    [6, 40, false],
    [6, 40, true],
  ]);
});

test('no window leaves the picture, whatever its size', () => {
  const side = fc.integer({ min: 24, max: 200 });
  fc.assert(
    fc.property(side, side, fc.constantFrom(...CROPS), (height, width, procedure) => {
      for (const view of viewsOf(procedure, { height, width }, format(20, 24))) {
        const size = sizeAtShorterSide({ height, width }, view.shorterSide ?? 24);
        expect(Math.min(view.top, view.left)).toBeGreaterThanOrEqual(0);
        expect(view.top + view.height).toBeLessThanOrEqual(size.height);
        expect(view.left + view.width).toBeLessThanOrEqual(size.width);
      }
    }),
  );
});

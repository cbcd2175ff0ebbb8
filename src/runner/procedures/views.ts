/** Which windows of a picture the crop procedures show. All are flipped or not, and none leaves the picture. */
import type { ViewProcedure } from '../../core/procedure.ts';
import { centralArea, type InputFormat, type Size, sizeAtShorterSide, type Window } from '../../data/index.ts';

type Area = Pick<Window, 'top' | 'left' | 'height' | 'width'>;
type CropProcedure = Exclude<ViewProcedure, { kind: 'dense' }>;

/** Of a picture of this stored size. */
export function viewsOf(procedure: CropProcedure, stored: Size, format: InputFormat): Window[] {
  switch (procedure.kind) {
    case 'single-crop':
      return [centralView(stored, format)];
    case 'ten-crop':
      return withMirrors(fiveAreas(sizeAtShorterSide(stored, format.shorterSide), format.shape).map(upright));
    case 'multi-scale':
      return withMirrors(procedure.scales.map(shorterSide => centralView(stored, { ...format, shorterSide })));
    case '144-crop':
      return withMirrors(procedure.scales.flatMap(scale => squaresOfScale(stored, scale, format.shape)));
  }
}

/** At the format's shorter side. */
function centralView(stored: Size, { shape, shorterSide }: Pick<InputFormat, 'shape' | 'shorterSide'>): Window {
  const window = upright(centralArea(sizeAtShorterSide(stored, shorterSide), shape));
  return shorterSide === null ? window : { ...window, shorterSide };
}

const upright = (area: Area): Window => ({ ...area, flip: false });

const withMirrors = (views: readonly Window[]): Window[] => views.flatMap(view => [view, { ...view, flip: true }]);

/** The corners and the middle. */
function fiveAreas(size: Size, shape: InputFormat['shape']): Area[] {
  const [height, width] = shape;
  const [bottom, right] = [size.height - height, size.width - width];
  const corners = [0, bottom].flatMap(top => [0, right].map(left => ({ top, left, height, width })));
  return [...corners, centralArea(size, shape)];
}

/** Left, central and right square (of portraits top, central and bottom), each as five crops and as a whole. */
function squaresOfScale(stored: Size, scale: number, shape: InputFormat['shape']): Window[] {
  const { height, width } = sizeAtShorterSide(stored, scale);
  const slack = Math.max(height, width) - scale;
  return [0, Math.floor(slack / 2), slack].flatMap(at => {
    const [top, left] = height > width ? [at, 0] : [0, at];
    const crops = fiveAreas({ height: scale, width: scale }, shape);
    const inside = crops.map(area => ({ ...area, top: top + area.top, left: left + area.left }));
    const areas = [...inside, { top, left, height: scale, width: scale }];
    return areas.map(area => ({ ...area, flip: false, shorterSide: scale }));
  });
}

import { expect, test } from 'vitest';
import { PALETTE } from '../../src/report/palette.ts';

const GROUNDS = ['ground', 'raised'] as const;
const TEXT = Object.keys(PALETTE).filter(name => !['ground', 'raised', 'line', 'shade'].includes(name));

test.each(['light', 'dark'] as const)(
  'in the %s theme every colour of text has a contrast of 4.5 with its ground',
  theme => {
    for (const name of TEXT as (keyof typeof PALETTE)[]) {
      for (const ground of GROUNDS) {
        const ratio = contrast(PALETTE[name][theme], PALETTE[ground][theme]);
        expect(ratio, `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  },
);

test('no two colours are the same in the light theme, by which specifications name them', () => {
  const light = Object.values(PALETTE).map(colour => colour.light);
  expect(new Set(light).size).toBe(light.length);
});

/** WCAG 2.2, contrast ratio. */
function contrast(first: string, second: string): number {
  const [dark = 0, light = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, relative luminance of #rrggbb. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map(at => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

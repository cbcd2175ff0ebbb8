import type { CheckOutcome } from './check.ts';

/** White text on each has a contrast of at least 4.5. */
const FILLS: Record<CheckOutcome, string> = {
  pass: '#1a7f37',
  fail: '#cf222e',
  inconclusive: '#8a5a00',
  incomparable: '#57606a',
};
const LABEL = 'gate';
const CHARACTER_WIDTH = 7;
const PADDING = 12;

/** An SVG that needs no font of its own and loads nothing. */
export function gateBadge(outcome: CheckOutcome): string {
  const [left, right] = [LABEL, outcome].map(text => text.length * CHARACTER_WIDTH + PADDING) as [number, number];
  const text = (content: string, x: number, width: number): string =>
    `<text x="${x + width / 2}" y="14" textLength="${width - PADDING}" text-anchor="middle">${content}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${LABEL}: ${outcome}">
<title>${LABEL}: ${outcome}</title>
<rect width="${left}" height="20" fill="#24292f"/><rect x="${left}" width="${right}" height="20" fill="${FILLS[outcome]}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${text(LABEL, 0, left)}${text(outcome, left, right)}</g>
</svg>
`;
}

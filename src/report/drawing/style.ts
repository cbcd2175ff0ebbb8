import { Html, html } from '../html.ts';
import { type ColourName, PALETTE } from '../palette.ts';
import { SIZES } from './measure.ts';

/** Widths of text are computed for Arial; the others have its metrics. */
const FONT = "Arial, 'Liberation Sans', Arimo, Helvetica, sans-serif";
/** Of each resolution, from the image's on. */
export const OCTAVE_HUES = ['hue-2', 'hue-3', 'hue-1', 'hue-6', 'hue-4', 'hue-5'] as const;
const TINT = 0.15;

interface Colours {
  of(name: ColourName): string;
  /** So much of it on the ground. */
  tint(name: ColourName): string;
}

/** In a page the colours are its variables. */
export const DRAWING_STYLE = rules({
  of: name => `var(--${name})`,
  tint: name => `color-mix(in srgb, var(--${name}) ${100 * TINT}%, var(--ground))`,
});

/** Colours are written out, since not all programs that show SVG know variables. */
export function standaloneStyle(): Html {
  const dark = `@media (prefers-color-scheme: dark) {${rules(literal('dark'))}}`;
  return html`<style>${new Html(`${rules(literal('light'))}${dark}`)}</style>\n`;
}

function rules({ of, tint }: Colours): string {
  return `
.net { font: ${SIZES.small}px ${FONT}; }
.net text { fill: ${of('ink')}; white-space: pre; }
.net .title { font-size: ${SIZES.title}px; font-weight: 700; }
.net .caption { font-size: ${SIZES.caption}px; fill: ${of('muted')}; }
.net .words { font-size: ${SIZES.words}px; font-weight: 700; }
.net .join text { font-weight: 700; }
.net .after, .net .name, .net .size { fill: ${of('muted')}; }
.net .ground { fill: ${of('ground')}; }
.net .stage text { font-size: ${SIZES.caption}px; font-weight: 700; }
.net .line, .net .arc { fill: none; stroke: ${of('muted')}; stroke-width: 1.1; }
.net .arc { stroke: ${of('ink')}; stroke-width: 1.3; }
.net .changes { stroke-dasharray: 2 3; }
.net .tip { fill: ${of('muted')}; }
.net .box rect { fill: ${of('ground')}; stroke: ${of('muted')}; }
${OCTAVE_HUES.map((hue, octave) => octaveRules(octave, of(hue), tint(hue))).join('')}
.net .dense rect, .net .module.flat rect { fill: ${of('shade')}; }
.net .module rect { stroke-width: 1.7; }
.net .stage.flat rect { fill: none; }
.net .input rect, .net .join rect { fill: ${of('ground')}; stroke: ${of('muted')}; }
`;
}

function octaveRules(octave: number, hue: string, tint: string): string {
  const own = `.net .octave-${octave}`;
  return `${own} rect { stroke: ${hue}; } ${own}.weights rect, ${own}.module rect { fill: ${tint}; }
.net .stage.octave-${octave} rect { fill: ${hue}; fill-opacity: 0.06; stroke: none; } .net .stage.octave-${octave} text { fill: ${hue}; }\n`;
}

function literal(theme: 'light' | 'dark'): Colours {
  const of = (name: ColourName): string => PALETTE[name][theme];
  return { of, tint: name => mix(of(name), of('ground'), TINT) };
}

function mix(colour: string, ground: string, part: number): string {
  const channel = (text: string, i: number): number => Number.parseInt(text.slice(1 + 2 * i, 3 + 2 * i), 16);
  const mixed = [0, 1, 2].map(i => Math.round(part * channel(colour, i) + (1 - part) * channel(ground, i)));
  return `#${mixed.map(value => value.toString(16).padStart(2, '0')).join('')}`;
}

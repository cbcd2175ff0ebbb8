/**
 * The report's colours. Each has a CSS variable, so that page and charts follow the reader's theme together. The hues
 * are Okabe & Ito's (2008), told apart by colour-blind readers, darkened or lightened until text in them has a contrast
 * of 4.5 with the ground.
 */
interface Colour {
  light: string;
  dark: string;
}

export const PALETTE = {
  ground: { light: '#ffffff', dark: '#15181c' },
  raised: { light: '#f6f7f9', dark: '#1d2126' },
  ink: { light: '#1c2126', dark: '#e4e7ea' },
  muted: { light: '#58616b', dark: '#a2abb5' },
  line: { light: '#d5dae0', dark: '#383f47' },
  shade: { light: '#e6ebf0', dark: '#2a3038' },
  link: { light: '#0a58a6', dark: '#7cb8f2' },
  confirmed: { light: '#0b6b4c', dark: '#4fc79b' },
  refuted: { light: '#a8380b', dark: '#f39a6c' },
  inconclusive: { light: '#6a5504', dark: '#d9bc58' },
  'hue-1': { light: '#bb4a00', dark: '#f0894a' },
  'hue-2': { light: '#0072b2', dark: '#5fb4ec' },
  'hue-3': { light: '#007a59', dark: '#35c49a' },
  'hue-4': { light: '#a5447a', dark: '#e295c0' },
  'hue-5': { light: '#8a6400', dark: '#e8bd4a' },
  'hue-6': { light: '#5b5ba8', dark: '#a9a9f0' },
} satisfies Record<string, Colour>;

export type ColourName = keyof typeof PALETTE;

export const HUES: readonly string[] = Object.entries(PALETTE)
  .filter(([name]) => name.startsWith('hue-'))
  .map(([, colour]) => colour.light);

/** From the last level of a factor backwards: the last one is solid. */
export const DASHES: readonly (readonly number[])[] = [[], [5, 3], [1.5, 2.5], [8, 3, 1.5, 3]];

/** Of marks: who cannot tell two hues apart tells these. */
export const SHAPES: readonly string[] = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down'];

export function declareColours(theme: 'light' | 'dark'): string {
  return Object.entries(PALETTE)
    .map(([name, colour]) => `--${name}: ${colour[theme]};`)
    .join(' ');
}

/** Colour of the light theme → the variable that holds it: a chart's specification names the former, the page draws the latter. */
export function colourVariables(): Record<string, string> {
  return Object.fromEntries(Object.entries(PALETTE).map(([name, colour]) => [colour.light, `var(--${name})`]));
}

/** Of the page and of its charts: whatever the system has. */
export const FONT =
  "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, system-ui, sans-serif";

/** Documents as PDF, made in this process: text stays text, and drawings are vectors. The same content gives the same bytes. */
import { createRequire } from 'node:module';
import type { Content, TDocumentDefinitions, TFontDictionary } from 'pdfmake/interfaces.js';

/** A PDF states when it was made, and its id is computed from that: the store does not say, so it is always this. */
const CREATED = new Date(0);
const POINTS_PER_PIXEL = 0.75;
/** The font has no signs for them; a word stands beside each. */
const MARKS = /[✓✗] */gu;

export async function pdfOf(definition: TDocumentDefinitions): Promise<Uint8Array> {
  const { default: pdfmake } = await import('pdfmake');
  const fonts = createRequire(import.meta.url)('pdfmake/fonts/Roboto.js') as TFontDictionary;
  const files = Object.values(fonts).flatMap(font => Object.values(font));
  pdfmake.setFonts(fonts);
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(path => files.includes(path));
  const info = { creator: 'convbench', producer: 'convbench', creationDate: CREATED };
  return pdfmake.createPdf({ ...definition, info: { ...info, ...definition.info } }).getBuffer();
}

/** A drawing alone, on a page of its size. */
export function drawingPdf(svg: string): Promise<Uint8Array> {
  const { widthPx, heightPx } = sizeOf(svg);
  const [width, height] = [widthPx * POINTS_PER_PIXEL, heightPx * POINTS_PER_PIXEL];
  return pdfOf({ pageSize: { width, height }, pageMargins: 0, content: [drawing(svg, width)] });
}

/** For a document's content: as wide as given, in points, and as high as it is then. */
export const drawing = (svg: string, width: number): Content => ({ svg: svg.replace(MARKS, ''), width });

/** As Vega writes it, in pixels. */
function sizeOf(svg: string): { widthPx: number; heightPx: number } {
  const [, width, height] = svg.match(/^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/) ?? [];
  return { widthPx: Number(width), heightPx: Number(height) };
}

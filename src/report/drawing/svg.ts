/** A scene as SVG: text stays text, and every box says in a title what it is. */
import { type Html, html } from '../html.ts';
import { at, round, roundedPath } from '../svg-path.ts';
import { HEAD } from './align.ts';
import { type PlacedArc, wordsPlace } from './arcs.ts';
import type { Box } from './graph.ts';
import { cornersOf, joinText, SIZES, type TextKind, textLength } from './measure.ts';
import type { Line } from './placed.ts';
import type { Scene, SceneBox } from './scene.ts';
import { OCTAVE_HUES, standaloneStyle } from './style.ts';
import { formatShape } from './words.ts';

export interface SvgOptions {
  title: string;
  description: string;
  /** The file stands alone: it brings its own style and ground. */
  standalone?: boolean;
  /** Where a folded module is shown; nothing: it is no link. */
  linkTo?: (box: SceneBox) => string | undefined;
  /** Begins its ids, which a page has once. */
  id?: string;
}

const CORNER_PX = 10;
const ARROW = 'M0 0 6 3 0 6z';

export function svgOf(scene: Scene, options: SvgOptions): Html {
  const { width, height, boxes, lines, arcs } = scene;
  const { title, description, standalone = false, linkTo, id = 'net' } = options;
  // What is an image has no links inside.
  const role = linkTo ? 'group' : 'img';
  const arrow = `${id}-arrow`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="net" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="${role}" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title>
<desc id="${id}-desc">${description}</desc>
${standalone && standaloneStyle()}<defs><marker id="${arrow}" viewBox="0 0 6 6" refX="5.5" refY="3" markerWidth="6" markerHeight="6" orient="auto"><path class="tip" d="${ARROW}"/></marker></defs>
${standalone && html`<rect class="ground" width="${width}" height="${height}"/>\n`}${stagesOf(scene)}
${lines.map(line => lineElement(line, arrow))}${arcs.map(arc => arcElement(arc, arrow))}${boxes.map(box => boxElement(box, options))}${scene.titles.map(titleElement)}</svg>`;
}

function stagesOf({ stages, width, height }: Scene): Html[] {
  return stages.map(({ octave, y, sizes }, i) => {
    const end = stages[i + 1]?.y ?? height;
    const words = octave === HEAD ? [] : sizes.slice(0, 3);
    return html`<g class="stage ${hue(octave)}"><rect x="0" y="${y - 9}" width="${width}" height="${Math.max(0, end - y)}"/>${words.map(
      (word, line) => html`<text x="14" y="${y + 13 + 13 * line}">${word}</text>`,
    )}</g>\n`;
  });
}

function boxElement(one: SceneBox, { linkTo }: SvgOptions): Html {
  const { box, octave } = one;
  const href = linkTo?.(one);
  const drawn = html`<g class="box ${box.kind} ${toneOf(box)} ${hue(octave)}" data-box="${box.id}"><title>${describe(box)}</title>${shapesOf(one)}${textsOf(one)}</g>\n`;
  return href ? html`<a href="${href}">${drawn}</a>` : drawn;
}

/** Cards behind it say that it is drawn once for several; two rectangles are two towers. */
function shapesOf({ box, x, y, width, height }: SceneBox): Html[] {
  const half = (width - SIZES.tower) / 2;
  if (box.towers === 2) return [rectangle(x, y, half, height), rectangle(x + half + SIZES.tower, y, half, height)];
  const cards = box.times > 1 ? [6, 3] : [];
  const radius = box.kind === 'join' ? height / 2 : 4;
  return [...cards, 0].map(away => rectangle(x + away, y + away, width, height, radius));
}

function rectangle(x: number, y: number, width: number, height: number, radius = 4): Html {
  return html`<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}"/>`;
}

function textsOf({ box, x, y, width }: SceneBox): Html[] {
  if (box.kind === 'join') return [text('join', joinText(box), x + width / 2, y + 14, 'middle')];
  const { words, after, name, size } = cornersOf(box);
  const [left, right] = [x + SIZES.padding, x + width - SIZES.padding];
  const second = x + (width + SIZES.tower) / 2 + SIZES.padding;
  return [
    text('words', words, left, y + 16),
    box.towers === 2 ? text('words', words, second, y + 16) : text('after', after, right, y + 16, 'end'),
    text('name', name, left, y + 31),
    text('size', size, right, y + 31, 'end'),
  ];
}

/** As wide as the box was made for, whatever font there is. */
function text(kind: TextKind, words: string, x: number, y: number, anchor = 'start'): Html {
  if (words === '') return html``;
  const length = round(textLength(kind, words));
  return html`<text class="${kind}" x="${round(x)}" y="${round(y)}" textLength="${length}" lengthAdjust="spacingAndGlyphs" text-anchor="${anchor}">${words}</text>`;
}

function lineElement({ points }: Line, arrow: string): Html {
  return html`<path class="line" d="${roundedPath(points, CORNER_PX)}" marker-end="url(#${arrow})"/>\n`;
}

function arcElement(placed: PlacedArc, arrow: string): Html {
  const { arc } = placed;
  const { x, y } = wordsPlace(placed);
  const kind = arc.layers.length > 0 ? 'changes' : 'identity';
  return html`<path class="arc ${kind}" d="${bowOf(placed)}" marker-end="url(#${arrow})"/>${text('after', arc.words, x, y + 3)}\n`;
}

function titleElement({ title, caption, x, y }: Scene['titles'][number]): Html {
  return html`<text class="title" x="${round(x)}" y="${y}">${title}</text><text class="caption" x="${round(x)}" y="${y + 16}">${caption}</text>\n`;
}

/** Straight past what stands at its ends, bent past what lies between. */
function bowOf({ from, to, edge, reach }: PlacedArc): string {
  // A cubic curve goes three quarters of the way to its controls.
  const control = round(edge + ((reach - edge) * 4) / 3);
  return `M${at(from)}H${round(edge)}C${control} ${round(from.y)} ${control} ${round(to.y)} ${round(edge)} ${round(to.y)}L${at(to)}`;
}

function toneOf({ kind, layers }: Box): string {
  const op = layers[0]?.op.kind;
  if (kind !== 'layer') return '';
  return op === 'conv' || op === 's-cells' ? 'weights' : op === 'dense' || op === 'rbf' ? 'dense' : 'plain';
}

function describe({ name, words, towers, after, output, times }: Box): string {
  const what = towers === 2 ? `${words} in each of two towers` : words;
  const more = times > 1 ? `, ${times} times` : after === '' ? '' : `, ${after}`;
  return `${name}: ${what}${more}; output ${formatShape(output)}`;
}

const hue = (octave: number): string =>
  octave === HEAD ? 'flat' : `octave-${Math.min(octave, OCTAVE_HUES.length - 1)}`;

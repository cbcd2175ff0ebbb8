/** Nets, or one module of a net, as an SVG file or as a page. */
import type { Layer, NetDescription } from '../../core/net.ts';
import { blockOf, graphOf } from './fold.ts';
import type { Graph } from './graph.ts';
import type { LayerCount } from './layer-table.ts';
import { renderPage } from './page.ts';
import { type Scene, type Subject, sceneOf } from './scene.ts';
import { svgOf } from './svg.ts';

/** A net with what is said of it; counts are for one image. */
export interface DrawnNet {
  /** What it was asked for by: its name, and options that are not the usual ones. */
  title: string;
  description: NetDescription;
  year: number;
  source: string;
  depth: number;
  parameters: number;
  macs: number;
  counts(this: void, layer: Layer): LayerCount;
  /** "61.0 M parameters · 724 M MACs". */
  caption: string;
}

export interface DrawingOptions {
  /** Every layer has its box. */
  unfold?: boolean;
  /** This module alone. */
  block?: string;
}

export interface Drawing {
  nets: readonly DrawnNet[];
  subjects: readonly Subject[];
  scene: Scene;
  title: string;
}

export async function drawNets(nets: readonly DrawnNet[], options: DrawingOptions = {}): Promise<Drawing> {
  const subjects = nets.map(net => subjectOf(net, options));
  return { nets, subjects, scene: await sceneOf(subjects), title: subjects.map(({ title }) => title).join(', ') };
}

export function drawingSvg(drawing: Drawing): string {
  const { scene, title } = drawing;
  return `${svgOf(scene, { title, description: describeDrawing(drawing), standalone: true }).text}\n`;
}

/** Folded modules are shown below the drawing and opened by a click. */
export async function drawingPage(drawing: Drawing): Promise<string> {
  return renderPage(drawing, describeDrawing(drawing));
}

function subjectOf(net: DrawnNet, { unfold = false, block }: DrawingOptions): Subject {
  const { title, description, caption } = net;
  if (block === undefined) {
    return { title, caption, input: description.input, graph: graphOf(description, { unfold }) };
  }
  const graph = blockOf(description, block);
  return { title: `${title} · ${block}`, caption: blockCaption(graph), input: description.input, graph };
}

function blockCaption({ boxes }: Graph): string {
  const [entry, exit] = [boxes[0], boxes.at(-1)];
  return `from ${entry?.name} ${entry?.output.join('×')} to ${exit?.output.join('×')}`;
}

function describeDrawing({ subjects }: Drawing): string {
  const columns = subjects.map(({ title, graph: { boxes, arcs } }) => {
    const shortcuts = arcs.length === 0 ? '' : `, ${arcs.length} shortcuts`;
    return `${title}: ${boxes.length} boxes from top to bottom${shortcuts}`;
  });
  return `${columns.join('; ')}. Dotted shortcuts change the dimensions; colours tell resolutions apart.`;
}

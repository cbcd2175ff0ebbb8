/** All published errors of the page: those that nets of the registry state, and the entries beside them. */
import type { PublishedError } from '../../core/net.ts';
import type { Outcome } from '../../core/results.ts';
import { ENTRIES, type HistoryEntry, VIEWS_IN, type Views, WINNERS } from './entries.ts';
import { titleOf } from './titles.ts';

/** A net of the registry, counted in its paper's form. */
export interface HistoryNet {
  name: string;
  family: string;
  year: number;
  /** Layers with weights on the longest way. */
  depth: number;
  parameters: number;
  macs: number;
  source: string;
  top5: PublishedError | null;
  experiments: readonly NetExperiment[];
  /** Address of its drawing beside the page. */
  drawing: string | null;
}

/** An experiment that has the net in one of its arms. */
export interface NetExperiment {
  id: string;
  title: string;
  /** Of the record, or null: there is none. */
  verdict: Outcome | null;
}

/** *kind* is what makes figures comparable: of one net or of several, on which pictures, trained on what. */
export interface PublishedFigure {
  name: string;
  net: string | null;
  family: string | null;
  year: number;
  error: number;
  models: HistoryEntry['models'];
  set: 'val' | 'test';
  extraData: boolean;
  views: Views | null;
  kind: Kind;
  won: boolean;
  /** Of our description of the net; costs only of one net. */
  depth: number | null;
  parameters: number | null;
  macs: number | null;
  source: string;
}

export type Kind =
  | 'one net, val'
  | 'several nets, val'
  | 'several nets, test'
  | 'several nets, test, extra data'
  | 'shallow method, test';

/** By year, and within one from the highest error to the lowest. */
export function publishedFigures(nets: readonly HistoryNet[]): PublishedFigure[] {
  const known = new Map(nets.map(net => [net.name, net]));
  const stated = nets.flatMap(net => (net.top5 ? [ofNet(net, net.top5)] : []));
  const all = [...ENTRIES, ...stated].map(entry => complete(entry, known.get(entry.net ?? '')));
  const unique = new Map(all.toReversed().map(figure => [identityOf(figure), figure]));
  return [...unique.values()].toReversed().sort((a, b) => a.year - b.year || b.error - a.error);
}

/** The lowest of those that are alike in `key`, its kind and its year. */
export function lowestOf(
  figures: readonly PublishedFigure[],
  key: (figure: PublishedFigure) => string,
): PublishedFigure[] {
  const lowest = new Map<string, PublishedFigure>();
  for (const figure of figures) {
    const group = [key(figure), figure.kind, figure.year].join('|');
    const other = lowest.get(group);
    if (!other || figure.error < other.error) lowest.set(group, figure);
  }
  return figures.filter(figure => [...lowest.values()].includes(figure));
}

function ofNet({ name, year }: HistoryNet, top5: PublishedError): HistoryEntry {
  const views = VIEWS_IN.find(([source]) => top5.models === 1 && top5.source.startsWith(source))?.[1];
  return { ...top5, name, net: name, year, won: top5.models !== 1 && WINNERS.includes(name), ...(views && { views }) };
}

function complete(entry: HistoryEntry, net: HistoryNet | undefined): PublishedFigure {
  const { year, error, models, set, source, extraData = false, won = false } = entry;
  return {
    name: entry.name === entry.net ? titleOf(entry.name) : entry.name,
    net: net?.name ?? null,
    family: net?.family ?? null,
    ...{ year, error, models, set, extraData, won, source },
    views: entry.views ?? null,
    kind: kindOf(entry),
    depth: net?.depth ?? null,
    parameters: (models === 1 && net?.parameters) || null,
    macs: (models === 1 && net?.macs) || null,
  };
}

function kindOf({ models, set, extraData, shallow }: HistoryEntry): Kind {
  if (shallow) return 'shallow method, test';
  if (models === 1) return 'one net, val';
  if (set === 'val') return 'several nets, val';
  return extraData ? 'several nets, test, extra data' : 'several nets, test';
}

/** Aliases (residual-34) and figures that a net states and the entries repeat are one figure. */
function identityOf({
  name,
  family,
  error,
  models,
  set,
  extraData,
  views,
  depth,
  parameters,
}: PublishedFigure): string {
  return JSON.stringify([family ?? name, error, models, set, extraData, views, depth, parameters]);
}

/** Names at the ends of lines, instead of a legend. */
import type { Spec } from './_chart.ts';
import type { Domain } from './_scales.ts';

const GAP_PX = 15;
const OFFSET_PX = 8;

export interface Label extends Spec {
  y: number;
  text: string;
  arm: string;
}

/** Moves labels apart along y until they do not touch, as little as that takes, keeps their order and stays inside. */
export function spreadLabels(labels: readonly Label[], domain: Domain, heightPx: number): Label[] {
  const gap = (GAP_PX * (domain[1] - domain[0])) / heightPx;
  let clusters: Label[][] = labels.toSorted((a, b) => a.y - b.y).map(label => [label]);
  for (let i = 1; i < clusters.length; i++) {
    const [before = [], after = []] = [clusters[i - 1], clusters[i]];
    if (centreOf(after) - centreOf(before) >= ((before.length + after.length) / 2) * gap) continue;
    clusters = clusters.toSpliced(i - 1, 2, [...before, ...after]);
    i = 0;
  }
  return clusters.flatMap(cluster => stack(cluster, gap, domain));
}

/** For an axis as it is and for its logarithm, which changes which of them touch; `yLog` is null where there is none. */
export function spreadForBoth(
  labels: readonly Label[],
  domain: Domain,
  logDomain: Domain,
  heightPx: number,
): (Label & { yLog: number | null })[] {
  const logs = labels.filter(({ y }) => y > 0).map(label => ({ ...label, y: Math.log10(label.y) }));
  const [plain, log] = [spreadLabels(labels, domain, heightPx), spreadLabels(logs, logDomain, heightPx)];
  const placeIn = (placed: readonly Label[], arm: string) => placed.find(label => label.arm === arm)?.y;
  return labels.map(label => ({
    ...label,
    y: placeIn(plain, label.arm) ?? label.y,
    yLog: placeIn(log, label.arm) ?? null,
  }));
}

const centreOf = (cluster: readonly Label[]): number => cluster.reduce((sum, { y }) => sum + y, 0) / cluster.length;

function stack(cluster: readonly Label[], gap: number, [low, high]: Domain): Label[] {
  const reach = ((cluster.length - 1) / 2) * gap;
  const centre = Math.min(Math.max(centreOf(cluster), low + reach), high - reach);
  return cluster.map((label, i) => ({ ...label, y: centre - reach + i * gap }));
}

/**
 * Text at the right end of the lines, with their `looks` as channels. `field` says where across; upwards the chart does.
 * `roomPx`: for what joins them with their lines.
 */
export function labelLayer(labels: readonly Spec[], field: string, looks: Spec, roomPx = 0): Spec {
  return {
    data: { values: [...labels] },
    mark: { type: 'text', align: 'left', baseline: 'middle', dx: roomPx + OFFSET_PX, fontWeight: 600 },
    encoding: { x: { field }, text: { field: 'text' }, ...looks },
  };
}

import type { LayerFigures, RunLayers } from '../../core/layer-figures.ts';
import { mean } from '../../stats/index.ts';

const DIGITS = 4;

export interface ArmLayers {
  arm: string;
  seeds: number[];
  layers: { layer: string; kind: LayerFigures['kind']; start: Figures; end: Figures }[];
}

export type Figures = Omit<LayerFigures, 'layer' | 'kind'>;

/** Convolutions and dense layers, the classifier last. */
export const withKernels = <L extends { kind: LayerFigures['kind'] }>(layers: readonly L[]): L[] =>
  layers.filter(({ kind }) => kind === 'conv' || kind === 'dense');

/** Means over the runs of an arm, to four digits. */
export function meanLayers(arm: string, runs: readonly RunLayers[]): ArmLayers {
  const layers = (runs[0]?.start ?? []).map(({ layer, kind }, i) => ({
    layer,
    kind,
    start: meanFigures(runs.map(({ start }) => start[i] as LayerFigures)),
    end: meanFigures(runs.map(({ end }) => end[i] as LayerFigures)),
  }));
  return { arm, seeds: runs.map(({ seed }) => seed), layers };
}

/** Whatever is a number, at any depth; the same fields are there in all runs of an arm. */
function meanFigures(all: readonly LayerFigures[]): Figures {
  const { layer: _layer, kind: _kind, ...figures } = meanOf(all) as LayerFigures;
  return figures;
}

function meanOf(all: readonly unknown[]): unknown {
  const [first] = all;
  if (typeof first === 'number') return Number(mean(all as number[]).toPrecision(DIGITS));
  if (typeof first !== 'object' || first === null) return first;
  const values = (key: string): unknown[] => all.map(one => (one as Record<string, unknown>)[key]);
  return Object.fromEntries(Object.keys(first).map(key => [key, meanOf(values(key))]));
}

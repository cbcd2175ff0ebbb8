/** How the gradient changes on its way back through the layers of each arm. */
import type { Experiment } from '../../core/experiment.ts';
import { armChannels } from '../charts/_channels.ts';
import type { Row, Spec } from '../charts/_chart.ts';
import { CHART_CONFIG, colour } from '../charts/_looks.ts';
import { type ArmLayers, withKernels } from './mean.ts';

const HEIGHT_PX = 190;
const HEADER = { labelAnchor: 'start', labelOrient: 'top', labelFontSize: 12, labelColor: colour('muted') };
/** Layers are counted from 1. */
const WHOLE = { scale: { zero: false, nice: false }, axis: { tickMinStep: 1 } };

/** 0 has no place on a logarithmic axis: a layer that nothing reaches is left out. */
const isReached = (gradient: number | undefined): gradient is number => gradient !== undefined && gradient > 0;

/** A complete Vega-Lite specification: norms of layers with kernels from the input on, first weights above, last below. */
export function gradientChart(experiment: Pick<Experiment, 'id' | 'factors'>, arms: readonly ArmLayers[]): Spec {
  const { color, strokeDash } = armChannels({ experiment, arms: arms.map(({ arm }) => arm), runs: [] });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `${experiment.id}: norm of the gradient of each layer with a kernel, from the input on; a line an arm.`,
    height: HEIGHT_PX,
    data: { values: rowsOf(arms) },
    mark: { type: 'line' },
    encoding: {
      row: { field: 'weights', type: 'nominal', title: null, sort: null, header: HEADER },
      x: { field: 'number', type: 'quantitative', title: 'Layer with a kernel, from the input on', ...WHOLE },
      y: { field: 'gradient', type: 'quantitative', scale: { type: 'log' }, title: null, axis: { format: '.0e' } },
      color: { ...color, legend: { title: null } },
      strokeDash: { ...strokeDash, legend: { title: null } },
    },
    config: CHART_CONFIG,
  };
}

function rowsOf(arms: readonly ArmLayers[]): Row[] {
  return arms.flatMap(({ arm, layers }) => {
    return withKernels(layers).flatMap(({ layer, start, end }, index) => [
      ...point({ arm, weights: 'Norm of the gradient, first weights', number: index + 1, layer }, start.gradientNorm),
      ...point({ arm, weights: 'Norm of the gradient, last weights', number: index + 1, layer }, end.gradientNorm),
    ]);
  });
}

const point = (row: Row, gradient: number | undefined): Row[] => (isReached(gradient) ? [{ ...row, gradient }] : []);

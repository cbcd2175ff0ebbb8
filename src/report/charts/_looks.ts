import type { Json } from '../../core/ids.ts';
import { type ColourName, FONT, PALETTE } from '../palette.ts';

/** A specification names the colours of the light theme; the page puts its variables in their place. */
export const colour = (name: ColourName): string => PALETTE[name].light;

export const CHART_CONFIG: { [key: string]: Json } = {
  background: 'transparent',
  font: FONT,
  view: { stroke: null },
  axis: {
    labelColor: colour('muted'),
    labelFontSize: 12,
    titleColor: colour('muted'),
    titleFontSize: 12,
    titleFontWeight: 'normal',
    gridColor: colour('line'),
    gridOpacity: 0.7,
    domainColor: colour('line'),
    tickColor: colour('line'),
    tickSize: 4,
    labelPadding: 5,
    titlePadding: 8,
  },
  legend: { labelFontSize: 12, labelColor: colour('muted') },
  title: { color: colour('muted'), fontSize: 12, fontWeight: 'normal' },
  axisX: { grid: false, tickCount: 6, labelFlush: false, labelOverlap: 'greedy', labelSeparation: 6 },
  axisY: { domain: false, ticks: false, tickCount: 5 },
  line: { strokeWidth: 1.75, strokeJoin: 'round', strokeCap: 'butt' },
  text: { fontSize: 12, color: colour('ink') },
  point: { fill: colour('ground') },
};

/** Around a chart; at the right for marks and names that reach over its edge. */
export const PADDING = { left: 2, top: 4, bottom: 2, right: 14 };

/** The title of a y axis lies level above it: read without turning the head, and no width is lost. */
export const LEVEL_TITLE: { [key: string]: Json } = {
  titleAngle: 0,
  titleAlign: 'left',
  titleAnchor: 'end',
  titleBaseline: 'bottom',
  titleX: 0,
  titleY: -10,
};

export { figureRow } from './error-charts.ts';
export { DESCENT, LINEAGE } from './lineage.ts';
export type { RecordedClaim } from './own-points.ts';
export { type History, renderHistory } from './page.ts';
export { type HistoryNet, type NetExperiment, type PublishedFigure, publishedFigures } from './published.ts';

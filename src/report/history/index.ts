export { figureRow } from './error-charts.ts';
export { DESCENT, LINEAGE } from './lineage.ts';
export type { OwnError } from './own-charts.ts';
export { type History, renderHistory } from './page.ts';
export { type HistoryNet, publishedFigures } from './published.ts';

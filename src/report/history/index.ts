export { figureRow } from './error-charts.ts';
export { DESCENT, LINEAGE } from './lineage.ts';
export { type History, renderHistory } from './page.ts';
export { type HistoryNet, publishedFigures } from './published.ts';

import { defineChart } from '../chart.ts';
import { drawCurves } from './_curves.ts';

export default defineChart({
  name: 'training-error',
  title: 'Training error',
  about:
    'Share of each training batch that was wrong, before its update; mean over the seeds, and the band between the lowest and the highest.',
  order: 30,
  draw: results => drawCurves(results, { metric: 'train.top1', axis: 'training error (%)', scale: 100 }),
});

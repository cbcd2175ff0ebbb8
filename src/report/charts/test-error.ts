import { defineChart } from '../chart.ts';
import { drawCurves } from './_curves.ts';

export default defineChart({
  name: 'test-error',
  title: 'Test error',
  about:
    'Top-1 error on test images at the steps where it was measured; the last step on all of them. Mean over the seeds, and the band between the lowest and the highest.',
  order: 40,
  draw: results => drawCurves(results, { metric: 'test.top1', axis: 'test error, top-1 (%)', scale: 100 }),
});

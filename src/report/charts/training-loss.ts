import { defineChart } from '../chart.ts';
import { drawCurves } from './_curves.ts';

export default defineChart({
  name: 'training-loss',
  title: 'Training loss',
  about:
    'Mean over the seeds of the loss of each training batch, before its update, averaged over spans of steps; the band reaches from the lowest to the highest seed.',
  order: 20,
  draw: results => drawCurves(results, { metric: 'train.loss', axis: 'training loss (nats)' }),
});

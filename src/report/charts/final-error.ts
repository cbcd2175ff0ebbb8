import { defineFigureChart } from './_final-figures.ts';

export default defineFigureChart({
  name: 'final-error',
  title: 'Final test error, top-1',
  order: 2,
  metric: 'test.top1',
});

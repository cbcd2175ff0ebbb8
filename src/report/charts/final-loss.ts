import { defineFigureChart } from './_final-figures.ts';

export default defineFigureChart({
  name: 'final-loss',
  title: 'Final training loss',
  order: 1,
  metric: 'train.loss',
});

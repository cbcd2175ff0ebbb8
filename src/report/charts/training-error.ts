import { defineCurveChart } from './_curves.ts';

export default defineCurveChart({
  name: 'training-error',
  title: 'Training error',
  order: 2,
  metric: 'train.top1',
});

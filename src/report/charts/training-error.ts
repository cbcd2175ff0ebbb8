import { defineCurveChart } from './_curves.ts';

export default defineCurveChart({
  name: 'training-error',
  title: 'Training error by step',
  order: 2,
  metric: 'train.top1',
});

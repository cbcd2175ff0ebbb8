import { defineCurveChart } from './_curves.ts';

export default defineCurveChart({
  name: 'training-loss',
  title: 'Training loss',
  order: 1,
  metric: 'train.loss',
});

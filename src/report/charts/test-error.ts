import { defineCurveChart } from './_curves.ts';

export default defineCurveChart({
  name: 'test-error',
  title: 'Test error, top-1',
  order: 3,
  metric: 'test.top1',
  evaluations: true,
});

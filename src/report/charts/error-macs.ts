import { defineCostChart } from './_cost.ts';

export default defineCostChart({
  name: 'error-macs',
  title: 'Error against multiply-adds',
  order: 2,
  count: 'macs',
  countTitle: 'Multiply-adds of an image',
});

import { defineCostChart } from './_cost.ts';

export default defineCostChart({
  name: 'error-parameters',
  title: 'Error against parameters',
  order: 1,
  count: 'parameters',
  countTitle: 'Parameters',
});

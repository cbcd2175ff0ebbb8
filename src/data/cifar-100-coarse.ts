import { defineCifar100 } from './_cifar-100.ts';

const CLASSES = `
aquatic_mammals fish flowers food_containers fruit_and_vegetables household_electrical_devices household_furniture insects
large_carnivores large_man-made_outdoor_things large_natural_outdoor_scenes large_omnivores_and_herbivores
medium_mammals non-insect_invertebrates people reptiles small_mammals trees vehicles_1 vehicles_2`;

export default defineCifar100({
  name: 'cifar-100-coarse',
  title: 'CIFAR-100, 20 groups of classes',
  label: 0,
  classes: CLASSES.trim().split(/\s+/),
});

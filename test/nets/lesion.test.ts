import { describe, expect, test } from 'vitest';
import { countNet, findNet, removableUnits, withoutUnit } from '../../src/nets/index.ts';

const INPUT = { shape: [32, 32, 3], classes: 10 };

describe('units that can be taken out', () => {
  test('of a residual net and of its plain twin: those that keep their shape', async () => {
    const names = removableUnits(await findNet('resnet-20', {}, INPUT));
    expect(names).toEqual(
      ['stage1', 'stage2', 'stage3']
        .flatMap(stage => [1, 2, 3].map(unit => `${stage}.unit${unit}`))
        .filter(name => !/stage[23]\.unit1/.test(name)),
    );
    expect(removableUnits(await findNet('plain-20', {}, INPUT))).toEqual(names);
  });

  test('of a net without units: none', async () => {
    expect(removableUnits(await findNet('lenet-5'))).toEqual([]);
  });
});

describe('without a unit', () => {
  test.each(['resnet-20', 'plain-20', 'resnet-20-v2'])('%s has the others, and their shapes', async name => {
    const net = await findNet(name, {}, INPUT);
    const parameters = countNet(net).parameters;
    for (const unit of removableUnits(net)) {
      const lesioned = withoutUnit(net, unit);
      const own = countNet({
        ...net,
        layers: net.layers.filter(layer => layer.name.startsWith(`${unit}.`)),
      }).parameters;
      expect(own).toBeGreaterThan(0);
      expect(countNet(lesioned).parameters).toBe(parameters - own);
      expect(lesioned.layers.at(-1)?.output).toEqual([10]);
      for (const layer of lesioned.layers) for (const input of layer.inputs) expect(lesioned.layers).toContain(input);
    }
  });

  test('an unknown one is refused', async () => {
    const net = await findNet('resnet-20', {}, INPUT);
    expect(() => withoutUnit(net, 'stage9.unit1')).toThrow('resnet-20 has no removable unit stage9.unit1');
  });
});

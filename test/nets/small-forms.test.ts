/** Every net of the folder has a form for small images, and its options say what they are. */
import { expect, test } from 'vitest';
import { allNets, countNet, describeNet } from '../../src/nets/index.ts';
import { SMALL_INPUTS } from './shapes.ts';

const nets = [...(await allNets()).values()];

test.each(nets)('the small form of $name takes 28 and 32 pixels', net => {
  for (const input of SMALL_INPUTS) {
    const small = describeNet(net, { form: 'small' }, input);
    expect(small.layers[0]?.output).toEqual(input.shape);
    expect(small.layers.at(-1)?.output).toEqual([10]);
    expect(small.auxiliary.every(head => head.layers.at(-1)?.output[0] === 10)).toBe(true);
    expect(countNet(small).parameters).toBeGreaterThan(0);
  }
});

test.each(nets)('every level of every option of $name builds in the small form', net => {
  const input = { shape: [32, 32, 3], classes: 10 };
  for (const [option, { oneOf = [], about }] of Object.entries(net.options)) {
    expect(about, option).not.toBe('');
    for (const level of oneOf) {
      const { layers, options } = describeNet(
        net,
        { form: 'small', [option]: level },
        option === 'form' ? net.paperInput : input,
      );
      expect(options[option]).toEqual(level);
      expect(layers.length).toBeGreaterThan(1);
    }
  }
});

/** Every net learns in its small form: on one batch the loss falls, and every trained variable moves. */
import { expect, test } from 'vitest';
import type { NetDefinition, NetDescription } from '../../src/core/net.ts';
import { netParameters } from '../../src/core/parameters.ts';
import { allNets, describeNet } from '../../src/nets/index.ts';
import { batchFor, STEPS, trainerOf } from './train.ts';

const INPUT = { shape: [28, 28, 1], classes: 10 };
const RATE = 0.02;

const nets = new Map(await allNets());
const aliases = [...nets.keys()].filter(name => name.startsWith('residual-'));

test.each(aliases)('%s is another name', name => {
  const other = nets.get(name.replace('residual', 'resnet')) as NetDefinition;
  expect(layersOf(narrow(nets.get(name) as NetDefinition))).toEqual(layersOf(narrow(other)));
});

test.each([...nets.values()].filter(net => !aliases.includes(net.name)))('$name', async definition => {
  const net = narrow(definition);
  const trainer = await trainerOf(net, RATE, 0.9);
  const before = trainer.state().values;
  const batch = batchFor(net);
  const losses = Array.from({ length: STEPS }, (_, step) => trainer.train(step, ...batch).loss);
  const after = trainer.state().values;
  trainer.dispose();
  for (const loss of losses) expect(loss).toBeLessThan(20);
  expect(Math.min(...losses.slice(-2)) / (losses[0] as number)).toBeLessThan(0.99);
  const trained = netParameters(net).filter(parameter => parameter.trained);
  expect(trained.filter(({ name }) => String(before[name]) === String(after[name]))).toEqual([]);
});

function narrow(net: NetDefinition): NetDescription {
  // Table I and the codes of LeNet-5 have one width.
  const width = net.options.width && net.name !== 'lenet-5' ? { width: 0.1 } : {};
  return describeNet(net, { ...(net.options.form && { form: 'small' }), ...width }, INPUT);
}

function layersOf({ layers }: NetDescription): object[] {
  return layers.map(({ inputs, ...layer }) => ({ ...layer, inputs: inputs.map(input => input.name) }));
}

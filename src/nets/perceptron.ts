/**
 * The perceptron as one trained layer: Rosenblatt, "The Perceptron: A Perceiving and Recognizing Automaton", 1957.
 *
 * Its own rule is the loss `perceptron` of a configuration, with plain SGD and batches of one: a unit fires above 0, and
 * one that is wrong moves its weights by the input. The cross-entropy of its sums is gradient descent on the same net.
 *
 * Departures. The input is Mark I's retina of 20 × 20 photocells and the outputs are its eight response units; the fixed
 * random association units between them are left out. `hidden` adds the layer without which a perceptron cannot learn
 * exclusive or (Minsky & Papert 1969).
 */
import { type ActivationFunction, defineNet, type Layer, type NetInput, type OptionSpec } from '../core/net.ts';
import { activation, dense, flatten, input } from './_layers.ts';

interface Options {
  form: 'paper' | 'small';
  hidden: number;
  activation: ActivationFunction;
}

const INIT = { kind: 'glorot-uniform' } as const;

const OPTIONS: Record<keyof Options, OptionSpec> = {
  form: { default: 'paper', oneOf: ['paper', 'small'], about: 'the same net: it takes any shape' },
  hidden: { default: 0, minimum: 0, about: 'units of one hidden layer; 0: none' },
  activation: { default: 'tanh', oneOf: ['tanh', 'sigmoid', 'relu'], about: 'nonlinearity of the hidden layer' },
};

export default [
  defineNet({
    name: 'perceptron',
    family: 'perceptron',
    year: 1957,
    source: 'Rosenblatt 1957, Cornell Aeronautical Laboratory report 85-460-1',
    paperInput: { shape: [20, 20, 1], classes: 8 },
    options: OPTIONS,
    build: (options, given) => build(options as unknown as Options, given),
  }),
];

function build({ hidden, activation: how }: Options, { shape, classes }: NetInput): Layer {
  const x = input(shape);
  const features = shape.length === 1 ? x : flatten('flatten', x);
  return dense('output', hidden === 0 ? features : hiddenLayer(features, hidden, how), { units: classes, init: INIT });
}

function hiddenLayer(x: Layer, units: number, how: ActivationFunction): Layer {
  return activation(`hidden.${how}`, dense('hidden', x, { units, init: INIT }), how);
}

/**
 * Neocognitron: Fukushima, "Neocognitron: A Self-organizing Neural Network Model for a Mechanism of Pattern Recognition
 * Unaffected by Shift in Position", Biological Cybernetics 36, 1980; deformed digits: Fukushima, Neural Networks 1, 1988.
 *
 * Its cells learn without labels and without gradients, one layer after the other: the budget has a part for each layer
 * of S-cells and a last one for the output alone, which is a dense layer on the last C-cells, trained with labels.
 *
 * Departures. The paper's net has no such output: a digit is known by the C-cell of the last plane that answers. C1 looks at
 * 7 × 7 S-cells, not 5 × 5, so that its planes have the paper's 10 × 10 cells. Selectivities are ours: with them five drawn
 * digits get a cell each. The small form is ours: windows of 5 × 5,
 * C-cells at every second position. Standardised pixels below 0 are taken as 0: the paper's input is none negative.
 */
import { defineNet, type Layer, type NetInput, type OptionSpec } from '../core/net.ts';
import { cCells, sCells } from './_cells.ts';
import { dense, flatten, input, relu } from './_layers.ts';

interface Options {
  form: 'paper' | 'small';
  planes: [number, number, number];
  selectivity: [number, number, number];
}

/** q of each layer, α of all C-cells. */
const REINFORCEMENT = [1, 16, 16] as const;
const SATURATION = 0.5;
/** Side of the squares of positions within which cells compete. */
const COLUMN = 3;
const DECAY = 0.9;

interface Stage {
  s: { size: number; padding: number };
  /** *all*: one cell a plane sees all of it. */
  c: { size: number; stride: number; padding: number } | 'all';
}

/** 16 × 16 → S 16, C 10 → S 8, C 6 → S 2, C 1. */
const PAPER: readonly Stage[] = [
  { s: { size: 5, padding: 2 }, c: { size: 7, stride: 1, padding: 0 } },
  { s: { size: 5, padding: 1 }, c: { size: 5, stride: 1, padding: 1 } },
  { s: { size: 5, padding: 0 }, c: 'all' },
];
/** 28 × 28 → S 28, C 14 → S 14, C 7 → S 7, C 1: the last C-cells answer wherever the digit is. */
const SMALL: readonly Stage[] = [
  { s: { size: 5, padding: 2 }, c: { size: 5, stride: 2, padding: 2 } },
  { s: { size: 5, padding: 2 }, c: { size: 5, stride: 2, padding: 2 } },
  { s: { size: 5, padding: 2 }, c: 'all' },
];

const OPTIONS: Record<keyof Options, OptionSpec> = {
  form: {
    default: 'paper',
    oneOf: ['paper', 'small'],
    about: 'small: for 28 to 32 px, C-cells at every second position',
  },
  planes: {
    default: { byForm: { paper: [24, 24, 24], small: [16, 64, 256] } },
    minimum: 1,
    about: 'planes of each of the three layers',
  },
  selectivity: {
    default: { byForm: { paper: [4, 3, 2], small: [4, 1, 1.5] } },
    minimum: 0,
    real: true,
    about: 'r of each layer: a cell fires for inputs whose cosine with what it has learnt is above r / (1 + r)',
  },
};

export default [
  defineNet({
    name: 'neocognitron',
    family: 'neocognitron',
    year: 1980,
    source: 'Fukushima 1980, Biological Cybernetics 36, 193–202',
    paperInput: { shape: [16, 16, 1], classes: 5 },
    options: OPTIONS,
    build: (options, given) => build(options as unknown as Options, given),
  }),
];

function build({ form, planes, selectivity }: Options, { shape, classes }: NetInput): Layer {
  let x = relu('u0', input(shape));
  for (const [index, stage] of (form === 'small' ? SMALL : PAPER).entries()) {
    const number = index + 1;
    const learning = { selectivity: selectivity[index] as number, reinforcement: REINFORCEMENT[index] as number };
    const s = sCells(`s${number}`, x, {
      planes: planes[index] as number,
      ...stage.s,
      ...learning,
      column: COLUMN,
      stage: number,
    });
    const [height] = s.output as [number, number, number];
    const window = stage.c === 'all' ? { size: height, stride: height, padding: 0 } : stage.c;
    x = cCells(`c${number}`, s, { ...window, decay: DECAY, saturation: SATURATION });
  }
  return dense('output', flatten('flatten', x), { units: classes, init: { kind: 'glorot-uniform' } });
}

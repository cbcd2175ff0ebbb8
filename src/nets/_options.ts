/** Options of several families. A word means the same everywhere; a net says its default and which levels it has. */
import type { Json } from '../core/ids.ts';
import type { OptionSpec } from '../core/net.ts';

type Word = keyof typeof WORDS;

interface Own {
  /** Levels, if not all of the word's. */
  levels?: readonly Json[];
  /** What the net has to add to the word's meaning. */
  about?: string;
}

export const WORDS = {
  form: { oneOf: ['paper', 'small'], about: "the paper's form, or the one for 28–32 px" },
  width: {
    minimum: 0.01,
    maximum: 16,
    real: true,
    about: 'multiplies filters and units, to the nearest multiple of 8',
  },
  norm: { oneOf: ['none', 'lrn', 'batch', 'batch-lrn'], about: 'normalisation; batch-lrn: both' },
  activation: { oneOf: ['relu', 'tanh', 'sigmoid', 'scaled-tanh'], about: 'nonlinearity' },
  init: {
    oneOf: ['paper', 'gaussian', 'glorot', 'he'],
    about: "first weights: the paper's, or a normal of 0.01, Glorot's uniform, He's normal by fan-in with biases of 0",
  },
  pooling: {
    oneOf: ['paper', 'max', 'avg', 'overlapping'],
    about: 'max, avg: 2×2 every 2 pixels; overlapping: maxima of 3×3 every 2',
  },
  head: { oneOf: ['fc', 'gap'], about: 'fc: dense layers, gap: global average pooling' },
  hidden: { minimum: 1, about: 'units of each hidden dense layer' },
  filters: { minimum: 1, about: 'filters of each convolution' },
  dropout: { minimum: 0, maximum: 0.99, real: true, about: 'rate of dropout' },
  shortcut: {
    oneOf: ['A', 'B', 'C', 'gate', 'identity', 'none'],
    about: 'A: zero-padding, B: projection where the shape changes, C: projection everywhere, none: a plain net',
  },
  modules: { minimum: 1, about: 'modules of each stage' },
  auxiliary: { oneOf: [true, false], about: 'classifiers at inner modules, in training only' },
  auxiliaryWeight: { minimum: 0, maximum: 10, real: true, about: "of an auxiliary classifier's loss" },
  fiveByFive: { oneOf: ['5x5', '3x3', '3x3-pair'], about: "what a module's widest branch has" },
  factorised: { oneOf: ['1x7-7x1', '7x7', '3x3-stack'], about: 'what covers 7×7 pixels' },
} satisfies Record<string, Omit<OptionSpec, 'default'>>;

/** `byForm(paper, small)`: a default of two. */
export function option(word: Word, usual: OptionSpec['default'], { levels, about }: Own = {}): OptionSpec {
  const spec: Omit<OptionSpec, 'default'> = WORDS[word];
  return {
    default: usual,
    ...spec,
    ...(levels && { oneOf: levels }),
    ...(about && { about: `${spec.about}; ${about}` }),
  };
}

export function byForm(paper: Json, small: Json): OptionSpec['default'] {
  return { byForm: { paper, small } };
}

/** What every Inception net has: options, modules in a row, a head of global average pooling, auxiliary heads. */
import { defineNet, type Heads, type Layer, type NetDefinition, type OptionSpec } from '../core/net.ts';
import { dropout, globalAveragePool, input } from './_layers.ts';
import { byForm, option } from './_options.ts';
import type { Modules, StepOptions } from './_steps.ts';
import { classifier, type Norm } from './_style.ts';

export interface InceptionOptions extends StepOptions {
  dropout: number;
}

export interface AuxiliaryOptions {
  auxiliary: boolean;
  auxiliaryWeight: number;
}

/** A head at the output of the module `at`, in training only: from that output to what its classifier sees. */
export interface AuxiliarySpec {
  name: string;
  at: string;
  features: (x: Layer) => Layer;
}

interface InceptionNet<Options> extends Omit<NetDefinition, 'family' | 'paperInput' | 'build' | 'options'> {
  pixels: number;
  smallWidth: number;
  /** The first is the paper's. */
  norms: readonly Norm[];
  dropout: number;
  /** Of an auxiliary head's loss; without it the net has none. */
  auxiliaryWeight?: number;
  /** Options of its own. */
  options?: Record<string, OptionSpec>;
  modules(options: Options): Modules;
  auxiliaryHeads?(options: Options): readonly AuxiliarySpec[];
}

/** Of Google's published models; the papers give none. */
const BATCH_NORM_EPSILON = 1e-3;

export function defineInception<Options extends InceptionOptions>(net: InceptionNet<Options>): NetDefinition {
  const { pixels, smallWidth, norms, dropout, auxiliaryWeight, modules, auxiliaryHeads, ...definition } = net;
  return defineNet({
    ...definition,
    family: 'inception',
    paperInput: { shape: [pixels, pixels, 3], classes: 1000 },
    options: { ...optionsOf(net), ...net.options },
    build: (given, { shape, classes }) => {
      const options = { epsilon: BATCH_NORM_EPSILON, ...given } as unknown as Options;
      const outputs = run(modules(options), input(shape), options);
      const logits = head([...outputs.values()].at(-1) as Layer, classes, options);
      return withAuxiliary(logits, outputs, auxiliaryHeads?.(options) ?? [], classes, options);
    },
  });
}

/** Outputs of a row of modules by name. */
export function run(modules: Modules, images: Layer, options: StepOptions): Map<string, Layer> {
  let x = images;
  return new Map(
    modules.map(([name, step]) => {
      x = step(name, x, options);
      return [name, x];
    }),
  );
}

function optionsOf<Options>(net: InceptionNet<Options>): Record<string, OptionSpec> {
  const { smallWidth, norms, dropout, auxiliaryWeight: weight } = net;
  return {
    form: option('form', 'paper'),
    width: option('width', byForm(1, smallWidth)),
    norm: option('norm', norms[0] as Norm, { levels: norms, about: 'batch: at each convolution, lrn: in the stem' }),
    activation: option('activation', 'relu'),
    // The papers say nothing of first weights.
    init: option('init', 'he', { levels: ['gaussian', 'glorot', 'he'] }),
    dropout: option('dropout', dropout, { about: 'before the classifier' }),
    ...(weight && { auxiliary: option('auxiliary', true), auxiliaryWeight: option('auxiliaryWeight', weight) }),
  };
}

/** Global average pooling, dropout, classifier. */
function head(x: Layer, classes: number, options: InceptionOptions): Layer {
  const pooled = globalAveragePool('head.pool', x);
  return classifier('head.dense', dropout('head.dropout', pooled, options.dropout), classes, options);
}

function withAuxiliary(
  logits: Layer,
  outputs: ReadonlyMap<string, Layer>,
  specs: readonly AuxiliarySpec[],
  classes: number,
  options: InceptionOptions & Partial<AuxiliaryOptions>,
): Layer | Heads {
  const { auxiliary = false, auxiliaryWeight: weight = 0 } = options;
  const heads = specs.map(({ name, at, features }) => {
    return { weight, logits: classifier(`${name}.dense`, features(outputs.get(at) as Layer), classes, options) };
  });
  return { logits, auxiliary: auxiliary ? heads : [] };
}

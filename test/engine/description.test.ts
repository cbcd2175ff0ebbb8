/** What is said of a net without TensorFlow is what TensorFlow does: the shape and the multiply-accumulates of each layer. */
import { describe, expect, test } from 'vitest';
import type { Layer, NetDescription, Shape } from '../../src/core/net.ts';
import { netParameters, sizeOf } from '../../src/core/parameters.ts';
import type { Tensor } from '../../src/engine/backend.ts';
import { runKept } from '../../src/engine/eager-program.ts';
import { forward } from '../../src/engine/forward.ts';
import { createOps } from '../../src/engine/ops/index.ts';
import { type Trace, trace } from '../../src/engine/trace.ts';
import { allNets, countLayer, findNet } from '../../src/nets/index.ts';
import { tf } from './tensorflow.ts';

const INPUT = { shape: [32, 32, 3], classes: 10 };
const ops = createOps(tf);

/** A traced pass over one image, with the shape of every symbol. */
function passOver(net: NetDescription): { nodes: Trace['nodes']; shapes: Map<string, Shape> } {
  const variables = Object.fromEntries(netParameters(net).map(({ name, shape }) => [name, tf.ones([...shape])]));
  const images = tf.ones([1, ...net.input]);
  const known = Object.entries({ ...variables, images }).map(([symbol, tensor]) => ({ symbol, tensor }));
  const traced = trace(tf, 'pass', known, () =>
    runKeptOutputs(() => ({ logits: forward(tf, ops, net, { variables, images }, 'evaluation').logits })),
  );
  const shapes = new Map<string, Shape>(known.map(({ symbol, tensor }) => [symbol, tensor.shape]));
  traced.nodes.forEach(({ name }, index) => {
    for (const [at, { shape }] of (traced.outputs[index] ?? []).entries())
      shapes.set(at === 0 ? name : `${name}:${at}`, shape);
  });
  return { nodes: traced.nodes, shapes };
}

const runKeptOutputs = (step: () => Record<string, Tensor>): Record<string, Tensor> =>
  runKept(tf, () => ({ outputs: step() })).outputs;

type Pass = ReturnType<typeof passOver>;

const nodesOf = ({ nodes }: Pass, layer: Layer) => nodes.filter(({ name }) => name.startsWith(`pass/${layer.name}/`));

/** Of the kernels that TensorFlow ran: each weight is used once at each position. */
function macsOf(pass: Pass, layer: Layer): number {
  return nodesOf(pass, layer)
    .filter(({ op }) => op === 'Conv2D' || op.includes('MatMul'))
    .reduce((sum, { name, inputs, op }) => {
      const positions = op === 'Conv2D' ? sizeOf((pass.shapes.get(name) ?? []).slice(0, 3)) : 1;
      return sum + positions * sizeOf(pass.shapes.get(inputs[1] as string) ?? []);
    }, 0);
}

/** A table of connections multiplies its unused weights by 0, and the cells of the Neocognitron have sums of their own. */
const isCounted = ({ op }: Layer): boolean => (op.kind === 'conv' && !op.connections) || op.kind === 'dense';

describe('in the small form, on 32 × 32 pixels', async () => {
  test.each([...(await allNets()).keys()])('%s', async name => {
    const net = await findNet(name, { form: 'small' }, INPUT);
    const pass = passOver(net);
    for (const layer of net.layers) {
      const last = nodesOf(pass, layer).at(-1);
      if (last) expect(pass.shapes.get(last.name), layer.name).toEqual([1, ...layer.output]);
      if (isCounted(layer)) expect(macsOf(pass, layer), layer.name).toBe(countLayer(layer).macs);
    }
  });
});

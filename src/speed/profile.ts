/**
 * Where the time of a compiled step goes. TensorFlow's executor says, when asked by its environment, when each kernel
 * begins and ends, and oneDNN how long each of its primitives took: both are read from a process of its own.
 */
import { EXIT, UserError } from '../core/errors.ts';
import type { NetDescription } from '../core/net.ts';
import type { Profile, ProfileRow } from '../core/profile.ts';
import { median, sum } from '../core/sums.ts';
import { countNet } from '../nets/index.ts';
import type { KernelTime, PrimitiveTime } from './profile-lines.ts';
import { runLogged } from './profile-log.ts';
import type { StepRequest } from './step.ts';

export async function profileStep(request: StepRequest, steps: number): Promise<Profile> {
  const { kernels, primitives, peakGflops } = await runLogged(request, steps);
  const { net, batch, precision, threads } = request;
  if (kernels.length === 0)
    throw new UserError(`profile of ${net.name}: this TensorFlow does not say when its kernels run.`, {
      exitCode: EXIT.noData,
    });
  const spans = spansOf(kernels);
  const stepMs = median(spans.map(({ from, to }) => to - from));
  const inOnednn = spans.map(span => sum(primitives.filter(one => isWithin(one, span)).map(one => one.ms)));
  const macs = multiplyAdds(net, batch);
  const group = (key: (kernel: KernelTime) => string): ProfileRow[] => groupKernels(kernels, spans.length, macs, key);
  return {
    net: net.name,
    batch,
    precision,
    threads,
    stepMs,
    onednnShare: median(inOnednn) / stepMs,
    peakGflops,
    byOperation: group(kernel => kernel.operation),
    byLayer: group(kernel => kernel.layer),
  };
}

interface Span {
  from: number;
  to: number;
}

function spansOf(kernels: readonly KernelTime[]): Span[] {
  const spans = new Map<number, Span>();
  for (const { step, from, to } of kernels) {
    const span = spans.get(step) ?? { from, to };
    spans.set(step, { from: Math.min(span.from, from), to: Math.max(span.to, to) });
  }
  return [...spans.values()];
}

const isWithin = ({ at, kind }: PrimitiveTime, { from, to }: Span): boolean =>
  kind !== 'reorder' && at >= from && at <= to;

/**
 * Of a step, by layer. TensorFlow fuses a convolution with what follows and gives both the name of the last: such a layer
 * stands for the convolution before it.
 */
function multiplyAdds(net: NetDescription, batch: number): ReadonlyMap<string, number> {
  const macs = new Map(countNet(net).layers.map(layer => [layer.name, layer.macs * batch]));
  for (const { name, op, inputs } of net.layers) {
    const before = inputs[0]?.name ?? '';
    if (op.kind === 'activation') macs.set(name, macs.get(before) ?? 0);
  }
  return macs;
}

function groupKernels(
  kernels: readonly KernelTime[],
  steps: number,
  macs: ReadonlyMap<string, number>,
  key: (kernel: KernelTime) => string,
): ProfileRow[] {
  const groups = new Map<string, KernelTime[]>();
  for (const kernel of kernels) groups.set(key(kernel), [...(groups.get(key(kernel)) ?? []), kernel]);
  const total = sum(kernels.map(durationOf));
  const rows = [...groups].map(([name, group]): ProfileRow => {
    const ms = sum(group.map(durationOf)) / steps;
    const counted = group.filter(kernel => multiplies(kernel) && (macs.get(kernel.layer) ?? 0) > 0);
    const countedMs = sum(counted.map(durationOf)) / steps;
    // A grouped convolution has several kernels of one operation, which share the layer's multiply-adds.
    const parts = new Set(counted.map(kernel => `${kernel.layer} ${kernel.operation}`));
    const flops = 2 * sum([...parts].map(part => macs.get(part.split(' ')[0] as string) as number));
    const gflops = countedMs > 0 && countedMs > ms / 2 ? flops / countedMs / 1e6 : null;
    return { name, count: Math.round(group.length / steps), ms, share: (ms * steps) / total, gflops };
  });
  return rows.sort((a, b) => b.ms - a.ms);
}

const durationOf = ({ from, to }: KernelTime): number => to - from;
/** Forward, gradient of the input, gradient of the kernel: each has the layer's multiply-adds. */
const multiplies = ({ operation }: KernelTime): boolean => /Conv2D|MatMul/.test(operation);

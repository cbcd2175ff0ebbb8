/** `bench speed`: what is measured, and how it is printed. */

import type { Precision } from '../../core/cell-config.ts';
import { EXIT, UserError } from '../../core/errors.ts';
import type { Device } from '../../core/experiment.ts';
import type { StepFigures, StepRequest } from '../../speed/step.ts';
import { type AskedOptions, askedNet } from '../nets/asked.ts';
import { printJson } from '../output/json.ts';
import type { SuiteOptions } from './suite.ts';

export interface SpeedOptions extends AskedOptions, SuiteOptions {
  batch: number;
  precision: Precision;
  threads: number;
  device: Device;
  seconds: number;
  steps: number;
  html?: string;
}

const ACTIONS: Record<string, (request: StepRequest, options: SpeedOptions) => Promise<void>> = {
  async step(request, { json, device }) {
    if (device === 'gpu') await (await import('../set-up/provide.ts')).provideGpu();
    const { measureStep } = await import('../../speed/step.ts');
    const figures = await measureStep(request);
    if (json) printJson(figures);
    else process.stdout.write(stepLines(figures));
  },
  async profile(request, options) {
    if (options.device === 'gpu')
      throw new UserError(
        'bench speed profile: expected --device cpu, got gpu: TensorFlow would say when kernels are started there, not how long they take.',
      );
    const { showProfile } = await import('./profile.ts');
    await showProfile(request, options);
  },
};

export async function speedCommand(
  what: string | undefined,
  net: string | undefined,
  options: SpeedOptions,
): Promise<number> {
  const action = what !== undefined && Object.hasOwn(ACTIONS, what) ? ACTIONS[what] : undefined;
  if (action === undefined) return (await import('./suite.ts')).speedOfSuite(what, net, options, Object.keys(ACTIONS));
  if (net === undefined)
    throw new UserError(`bench speed ${what}: expected a net, as in \`bench speed ${what} resnet-20\`.`);
  const { description } = await askedNet(net, options);
  const { batch, precision, threads, device, seconds, seed = 1 } = options;
  await action({ net: description, batch, precision, threads, device, seconds, seed }, options);
  return EXIT.ok;
}

function stepLines(figures: StepFigures): string {
  const { net, batch, precision, threads, device, imagesPerSecond: rate, gflops, compileMs, steps } = figures;
  const conditions = `${precision}, batch ${batch}, ${threads} ${threads === 1 ? 'thread' : 'threads'}${device === 'gpu' ? ', GPU' : ''}`;
  return [
    `${net} (${conditions}): ${rate.median.toFixed(0)} images/s, ${gflops.toFixed(0)} GFLOPS`,
    `  from ${rate.min.toFixed(0)} to ${rate.max.toFixed(0)} images/s over ${steps} steps; compiled in ${(compileMs / 1000).toFixed(1)} s; peak memory ${figures.peakMegabytes.toFixed(0)} MB`,
    `  loss ${figures.lossFirst.toFixed(6)} → ${figures.lossLast.toFixed(6)} in the first steps, weights ${figures.weightsHash.slice(0, 12)}`,
    '',
  ].join('\n');
}

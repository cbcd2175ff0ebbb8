/** `bench weights`: what it was asked for, and to whom that goes. Only `check` loads TensorFlow. */
import { EXIT, UserError } from '../../core/errors.ts';
import { unknownName } from '../../core/registry.ts';
import { readSafetensors, writeSafetensors } from '../../engine/safetensors.ts';
import { type FamilyNet, importWeights, type NamingName, withShapes } from '../../engine/weight-maps/index.ts';
import { type AskedOptions, askedNet } from '../nets/asked.ts';
import { printJson } from '../output/json.ts';
import { exportRun } from './weights-export.ts';

export interface WeightsOptions extends AskedOptions {
  names: NamingName;
  out?: string;
  net?: string;
  images: string;
  seed: number;
  expect?: string;
  tolerance: string;
  threads: number;
  json?: boolean;
}

const ACTIONS: Record<string, (source: string, options: WeightsOptions) => Promise<number>> = {
  async export(run, { names, json, ...options }) {
    const out = required('export', 'out', options.out);
    const written = await exportRun(run, names, out);
    if (json) printJson(written);
    else
      process.stdout.write(
        `${out}: ${written.tensors} tensors of ${written.net} at step ${written.step} of ${written.steps}.\n`,
      );
    return EXIT.ok;
  },
  async import(path, options) {
    const out = required('import', 'out', options.out);
    const of = await netOf('import', options);
    const tensors = withShapes(importWeights(readSafetensors(path), of, options.names), of);
    writeSafetensors(out, tensors, { net: of.net.name, options: JSON.stringify(of.net.options) });
    const written = { file: out, net: of.net.name, names: options.names, tensors: Object.keys(tensors).length };
    if (options.json) printJson(written);
    else process.stdout.write(`${out}: ${written.tensors} tensors of ${written.net}.\n`);
    return EXIT.ok;
  },
  async check(path, options) {
    const of = await netOf('check', options);
    const { checkWeights } = await import('./weights-check.ts');
    return checkWeights(path, of, options);
  },
};

export async function weightsCommand(action: string, source: string, options: WeightsOptions): Promise<number> {
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (run === undefined) throw unknownName('action of weights', action, Object.keys(ACTIONS));
  return run(source, options);
}

async function netOf(action: string, options: WeightsOptions): Promise<FamilyNet> {
  const { definition, description } = await askedNet(required(action, 'net', options.net), options);
  return { family: definition.family, net: description };
}

function required(action: string, option: string, value: string | undefined): string {
  if (value === undefined)
    throw new UserError(`weights ${action}: expected --${option}. See \`bench weights --help\`.`);
  return value;
}

import { join } from 'node:path';
import type { Device } from '../../core/experiment.ts';
import { packageFolder } from '../../core/places.ts';

/** The newest N-API that tfjs-node 4.22 knows; its loader looks in the folder of this number. */
export const NAPI_VERSION = 8;
export const TFJS_NODE: string = packageFolder('@tensorflow/tfjs-node');

/** Where a device's binding lies in this checkout. tfjs-node looks for the CPU's only; both may be there. */
export const bindingPath = (device: Device): string =>
  join(TFJS_NODE, 'lib', device === 'cpu' ? `napi-v${NAPI_VERSION}` : device, 'tfjs_binding.node');

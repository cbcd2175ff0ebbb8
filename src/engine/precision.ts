/** Which precision `auto` means: bfloat16 only where the processor computes with it, since emulated it is slow. */
import type { Precision, PrecisionChoice } from '../core/cell-config.ts';
import type { Device } from '../core/experiment.ts';
import { processorFlags } from '../core/machine.ts';

/** On x86-64 with AVX-512 or AMX, on arm64 with the extension of that name. */
const NATIVE = ['avx512_bf16', 'amx_bf16', 'bf16'];

/** `cpuinfo`: Linux's text about the processors. Elsewhere there is none, and the answer is no. */
export const hasNativeBfloat16 = (cpuinfo?: string): boolean =>
  processorFlags(cpuinfo).some(flag => NATIVE.includes(flag));

/** The precision that a cell computes in. On a GPU `auto` is float32: nothing else was ever tried on one. */
export function resolvePrecision(choice: PrecisionChoice, device: Device, cpuinfo?: string): Precision {
  if (choice !== 'auto') return choice;
  return device === 'cpu' && hasNativeBfloat16(cpuinfo) ? 'bfloat16' : 'float32';
}

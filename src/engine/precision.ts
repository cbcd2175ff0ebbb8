/** Which precision `auto` means: bfloat16 only where the processor computes with it, since emulated it is slow. */
import { readFileSync } from 'node:fs';
import type { Precision, PrecisionChoice } from '../core/cell-config.ts';
import type { Device } from '../core/experiment.ts';

/** On x86-64 with AVX-512 or AMX, on arm64 with the extension of that name. */
const NATIVE = /\b(avx512_bf16|amx_bf16|bf16)\b/;
/** The flags of the first processor; all processors of a machine have them. */
const FLAGS = /^(?:flags|Features)\s*:\s*(.*)$/m;

/** `cpuinfo`: Linux's text about the processors. Elsewhere there is none, and the answer is no. */
export const hasNativeBfloat16 = (cpuinfo = readCpuinfo()): boolean => NATIVE.test(FLAGS.exec(cpuinfo)?.[1] ?? '');

/** The precision that a cell computes in. On a GPU `auto` is float32: nothing else was ever tried on one. */
export function resolvePrecision(choice: PrecisionChoice, device: Device, cpuinfo = readCpuinfo()): Precision {
  if (choice !== 'auto') return choice;
  return device === 'cpu' && hasNativeBfloat16(cpuinfo) ? 'bfloat16' : 'float32';
}

function readCpuinfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}

import { readFileSync } from 'node:fs';
import wabt from 'wabt';

export const KERNELS = ['resample', 'values'] as const;

export const kernelFile = (name: string, ending: 'wat' | 'ts'): string => `src/data/augment/kernels/${name}.${ending}`;

/** The module that a kernel's text describes, as base64. */
export async function assemble(name: string): Promise<string> {
  const file = kernelFile(name, 'wat');
  const module = (await wabt()).parseWat(file, readFileSync(file, 'utf8'), { simd: true });
  module.validate();
  return Buffer.from(module.toBinary({}).buffer).toString('base64');
}

/** Assembles the kernels and writes each into its module. `npm run kernels`, after a change of a `.wat` file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { assemble, KERNELS, kernelFile } from './kernels/assemble.ts';

for (const name of KERNELS) {
  const file = kernelFile(name, 'ts');
  const text = readFileSync(file, 'utf8');
  const wasm = await assemble(name);
  writeFileSync(file, text.replace(/(const WASM =\s+)'[^']*'/, `$1'${wasm}'`));
}

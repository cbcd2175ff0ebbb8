import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assemble, KERNELS, kernelFile } from '../../../scripts/kernels/assemble.ts';

test.each(KERNELS)('%s: the module holds what its text says; if not, `npm run kernels`', async name => {
  expect(readFileSync(kernelFile(name, 'ts'), 'utf8')).toContain(`'${await assemble(name)}'`);
});

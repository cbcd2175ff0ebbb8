import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { newFolder } from '../new-folder.ts';
import { blocksOf, runBlock } from './guide.ts';

vi.setConfig({ testTimeout: 600_000 }); // they train nets, on machines that may be busy

let folder: string;
beforeEach(() => {
  folder = newFolder();
});

test('from a table to a verdict: each command works, and a record is there at the end', async () => {
  const printed = await runAll('docs/from-table-to-verdict.md');
  expect(printed).toContain('Inconclusive (by design: this tier is too short to decide)');
  expect(printed).toMatch(/shortcuts-help +superiority +(confirmed|refuted|inconclusive)/);
  expect(existsSync(join(folder, 'reports/records/my-claim.json'))).toBe(true);
});

test('tour: each command works', async () => {
  const printed = await runAll('docs/tour.md');
  expect(printed).toMatch(/alexnet-dense +counted +refuted/);
  expect(existsSync(join(folder, 'reports/degradation-34.html'))).toBe(true);
});

async function runAll(page: string): Promise<string> {
  const blocks = blocksOf(page);
  expect(blocks.length).toBeGreaterThan(3);
  let printed = '';
  for (const block of blocks) printed += await runBlock(block, folder);
  return printed;
}

import { execa } from 'execa';
import { expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 240_000 }); // whole processes, on machines that may be busy

test('no word is misspelt; new ones that are right go into docs/words.txt', async () => {
  const args = ['lint', '--no-progress', '--no-summary', '--words-only', '--unique'];
  const { stdout, stderr } = await execa('node_modules/.bin/cspell', args, { reject: false });
  expect(stderr).toBe('');
  expect(stdout).toBe('');
});

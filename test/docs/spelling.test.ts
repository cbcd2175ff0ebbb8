import { execa } from 'execa';
import { expect, test } from 'vitest';

test('no word is misspelt; new ones that are right go into docs/words.txt', async () => {
  const args = ['lint', '--no-progress', '--no-summary', '--words-only', '--unique'];
  const { stdout, stderr } = await execa('node_modules/.bin/cspell', args, { reject: false });
  expect(stderr).toBe('');
  expect(stdout).toBe('');
});

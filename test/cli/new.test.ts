import { expect, test } from 'vitest';
import newFile from '../../src/cli/commands/new.ts';
import { call } from './called.ts';

test.each([
  [['net', 'alexnet'], /^net alexnet is there already/],
  [['experiment', 'degradation-34'], /^experiment degradation-34 is there already/],
  [['net', 'My_Net'], /expected a name of lower-case letters, digits and dashes, got "My_Net"/],
])('%j is refused in one line, and nothing is written', async (args, message) => {
  expect(await call(newFile, ...args)).toMatchObject({ code: 2, error: expect.stringMatching(message) });
});

/** The one reason that a person needs, out of what pip, npm and compilers say. */
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { lastError } from '../../src/engine/provision/last-error.ts';

const NPM = `npm error code 1
npm error path /somewhere
npm error command failed
npm error node:events:502
npm error Error: getaddrinfo ENOTFOUND a.closed.host
npm error     at GetAddrInfoReqWrap.onlookupall (node:dns:122:26)
npm error Node.js v20.20.2
npm error A complete log of this run can be found in: /a/log
`;

async function failureOf(program: string, ...args: string[]): Promise<unknown> {
  return execa(program, args).then(
    () => undefined,
    (error: unknown) => error,
  );
}

const failureSaying = (stderr: string): Promise<unknown> =>
  failureOf(process.execPath, '-e', `process.stderr.write(${JSON.stringify(stderr)}); process.exitCode = 3`);

test.each([
  ['the error inside of what npm says', NPM, /\berror: /i, 'Error: getaddrinfo ENOTFOUND a.closed.host'],
  [
    'the error inside of what node-gyp says',
    'gyp ERR! stack Error: not found: make\ngyp ERR! not ok\n',
    /\berror: /i,
    'Error: not found: make',
  ],
  ['the last of several', 'ERROR: one\nERROR: two.\nand so on\n', /^ERROR/, 'ERROR: two'],
  ['the last line where none looks like a reason', 'one\ntwo\n\n', /^ERROR/, 'two'],
  ['the exit code of one that said nothing', '', /^ERROR/, 'exit code 3'],
])('%s', async (_, stderr, pattern, reason) => {
  expect(lastError(await failureSaying(stderr), pattern)).toBe(reason);
});

test('a program that is not there is named, without the command that it was to run', async () => {
  expect(lastError(await failureOf('no-such-compiler', '-O2'), /error/)).toBe('no-such-compiler was not found');
});

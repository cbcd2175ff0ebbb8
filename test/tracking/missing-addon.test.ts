import { expect, test } from 'vitest';
import { storeError } from '../../src/tracking/store-errors.ts';

const coded = (message: string, code: string): Error => Object.assign(new Error(message), { code });

test.each([
  [new Error('Could not locate the bindings file. Tried:\n → build/better_sqlite3.node')],
  [coded('better_sqlite3.node: invalid ELF header', 'ERR_DLOPEN_FAILED')],
  [new Error('was compiled against a different Node.js version using NODE_MODULE_VERSION 115')],
])('where SQLite’s addon is missing or another’s, one line names the remedy: %s', error => {
  expect(storeError('x.sqlite', error)).toMatchObject({
    message: 'SQLite is not set up here: its addon is missing, or is for another Node. Run "npx bench doctor --fix".',
    exitCode: 4,
    cause: error,
  });
});

test('other errors of the file keep their words', () => {
  expect(storeError('x.sqlite', coded('no room', 'SQLITE_FULL'))).toMatchObject({
    message: expect.stringContaining('store x.sqlite: no room (SQLITE_FULL).'),
  });
  const ours = new TypeError('a mistake of ours');
  expect(storeError('x.sqlite', ours)).toBe(ours);
});

/** setup.mjs with stand-ins for npm, the compiler and bench: what it starts when, locks, signals, failures. */
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Checkout, outcomeOf } from './made-up-checkout.ts';

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
});
afterEach(() => checkout.remove());

const starts = (): string[] => checkout.takeCalls().filter(call => call.startsWith('start'));
const INSTALL = 'start npm ci --include=dev --no-audit --no-fund';
const REST = ['start tsc -b', 'start bench doctor --only-fix'];

describe('what is started', () => {
  test('everything on a bare clone, then the command, whose exit code is ours', async () => {
    const { exitCode, stderr } = await checkout.setUp(['exit', '7', '--flag']);
    expect(exitCode).toBe(7);
    expect(stderr).toBe('set-up: installing packages (npm, about half a minute)\n');
    expect(starts()).toEqual([INSTALL, ...REST, 'start bench exit 7 --flag']);
    expect(checkout.has('.setup.lock')).toBe(false);
  });

  test('no npm the second time, until the lockfile changes', async () => {
    await checkout.setUp(['list']);
    expect(starts()[0]).toBe(INSTALL);
    expect(await checkout.setUp(['list'])).toEqual({ exitCode: 0, stderr: '' });
    expect(starts()).toEqual([...REST, 'start bench list']);
    checkout.write('package-lock.json', '{ "other": 1 }');
    await checkout.setUp(['list']);
    expect(starts()[0]).toBe(INSTALL);
  });

  test('the checks for "test", with the arguments', async () => {
    await checkout.setUp(['test', 'some/file']);
    expect(starts().at(-1)).toBe('start npm run --silent check -- some/file');
  });

  test('nothing whose source is gone stays in the build', async () => {
    for (const name of ['old.js', 'old.js.map', 'old.d.ts', 'gone/x.js', 'cli/main.js'])
      checkout.write(`dist/src/${name}`, '');
    await checkout.setUp(['list']);
    expect(['old.js', 'old.js.map', 'old.d.ts', 'gone'].filter(name => checkout.has(`dist/src/${name}`))).toEqual([]);
    expect(checkout.has('dist/src/cli/main.js')).toBe(true);
  });
});

describe('failures', () => {
  test.each([
    ['npm', 'installing packages failed: "npm ci --include=dev --no-audit --no-fund" ended with 3'],
    ['tsc', 'compiling failed: "'],
  ])('%s: one line, the last words of what failed, exit code 4', async (name, line) => {
    const { exitCode, stderr } = await checkout.setUp(['list'], { env: { FAIL: name } });
    expect(exitCode).toBe(4);
    const lines = stderr.trimEnd().split('\n').slice(1);
    expect(lines[0]).toContain(`set-up: ${line}`);
    expect(lines.slice(1)).toHaveLength(8);
    expect(lines.at(-1)).toBe('  the reason');
    expect(checkout.has('.setup.lock')).toBe(false);
    expect(starts().join()).not.toContain('bench');
  });

  test('an installation that failed is begun again', async () => {
    await checkout.setUp(['list'], { env: { FAIL: 'npm' } });
    expect((await checkout.setUp(['list'])).exitCode).toBe(0);
    expect(starts().filter(call => call === INSTALL)).toHaveLength(2);
  });

  test('a Node that is too old: what was expected and what was got', async () => {
    const old = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.14.0" } })';
    const { exitCode, stderr } = await checkout.setUp(['list'], { node: ['--import', `data:text/javascript,${old}`] });
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/^set-up: expected Node 20\.15 or newer, got v\S+ Install a newer one\.\n$/);
    expect(checkout.takeCalls()).toEqual([]);
  });

  test.runIf(process.getuid?.() === 0)('a checkout without the right to write: one line', async () => {
    chmodSync(checkout.folder, 0o555);
    const { exitCode, stderr } = await checkout.setUp(['list'], { uid: 65534 });
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/^set-up: \S+: cannot be written \(EACCES.*\)\. Make room, or clone to another folder\.\n$/);
  });
});

describe('the lock', () => {
  const SLOW = { env: { SLOW: 'npm' } };
  const WAITING = 'set-up: another set-up works in this checkout, waiting for it\n';

  test('two at once: one works, the other says that it waits and finds all done', async () => {
    const first = checkout.setUp(['list'], SLOW);
    await checkout.seen('start npm');
    const second = await checkout.setUp(['list'], SLOW);
    expect(second).toEqual({ exitCode: 0, stderr: WAITING });
    expect((await first).exitCode).toBe(0);
    expect(starts().filter(call => call === INSTALL)).toHaveLength(1);
  });

  test('of a killed one is taken over when the program that it had started has ended', async () => {
    const first = checkout.start(['list'], SLOW);
    await checkout.seen('start npm');
    first.kill('SIGKILL');
    await once(first, 'exit');
    const { exitCode, stderr } = await checkout.setUp(['list']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(WAITING);
    expect(checkout.takeCalls().slice(0, 3)).toEqual([INSTALL, INSTALL.replace('start', 'end'), INSTALL]);
  });

  test.runIf(process.platform === 'linux')('of a process whose number another one has now is dead', async () => {
    writeFileSync(checkout.lock, `${process.pid} 1`);
    expect(await checkout.setUp(['list'])).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining(WAITING) });
  });
});

describe('signals', () => {
  test('while it sets up: it ends what it started, releases the lock and says so by its exit code', async () => {
    const child = checkout.start(['list'], { env: { SLOW: 'npm' } });
    await checkout.seen('start npm');
    child.kill('SIGTERM');
    expect((await outcomeOf(child)).exitCode).toBe(143);
    expect(checkout.takeCalls()).toEqual([INSTALL]);
    expect(checkout.has('.setup.lock')).toBe(false);
  });

  test('afterwards: the command gets it, and its answer is ours', async () => {
    const child = checkout.start(['wait']);
    await checkout.seen('listening bench wait');
    child.kill('SIGTERM');
    expect((await outcomeOf(child)).exitCode).toBe(77);
  });
});

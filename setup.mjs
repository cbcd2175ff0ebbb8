/**
 * From a bare clone to a working bench: `npm start` and `npm test` begin here, with nothing but Node and npm.
 *
 *   node setup.mjs test          set up, then run all checks
 *   node setup.mjs COMMAND …     set up, then `bench COMMAND …`
 *
 * Every part may be interrupted and repeated; what is there already costs about a second.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(fileURLToPath(import.meta.url));
const OLDEST_NODE = [20, 15];
const FAILED = 4;
const MAIN = join(ROOT, 'dist/src/cli/main.js');
const LOCK = join(ROOT, '.setup.lock');
const STAMP = join(ROOT, 'node_modules/.setup-stamp');

requireNode();
takeLock();
try {
  installPackages();
  run('compiling', process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b']);
  run('providing SQLite, TensorFlow and data', process.execPath, [MAIN, 'doctor', '--only-fix'], { loud: true });
} finally {
  rmSync(LOCK, { force: true });
}
const [command, ...args] = process.argv.slice(2);
if (command === 'test') hand(['npm', 'run', '--silent', 'check', ...args]);
else hand([process.execPath, MAIN, ...(command ? [command, ...args] : [])]);

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`expected Node ${OLDEST_NODE.join('.')} or newer, got ${process.version}. Install a newer one.`);
}

/** One set-up a checkout at a time. A lock whose holder is gone is taken over. */
function takeLock() {
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`${ROOT}: cannot be written (${error.message}). Clone to another folder.`);
    }
    if (!isAlive(holder())) rmSync(LOCK, { force: true });
    else if (!waited) say('another set-up works in this checkout, waiting for it');
    sleep(200);
  }
}

function holder() {
  try {
    return Number(readFileSync(LOCK, 'utf8')) || Number.NaN;
  } catch {
    return Number.NaN;
  }
}

function isAlive(pid) {
  if (Number.isNaN(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Only if node_modules is not what the lockfile says, for this Node. */
function installPackages() {
  const lockfile = readFileSync(join(ROOT, 'package-lock.json'));
  const wanted = `${createHash('sha256').update(lockfile).digest('hex')} ${process.platform} ${process.arch} ABI ${process.versions.modules}`;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  say('installing packages');
  run('installing packages', 'npm', ['ci', '--no-audit', '--no-fund']);
  writeFileSync(STAMP, wanted);
}

/** Runs to its end; a failure is one line with the last words of what failed. */
function run(what, program, args, { loud = false } = {}) {
  const stdio = ['ignore', 'pipe', loud ? 'inherit' : 'pipe'];
  const { status, error, stdout, stderr } = spawnSync(program, args, { cwd: ROOT, stdio, encoding: 'utf8' });
  if (status === 0) return;
  const last = `${stdout ?? ''}\n${stderr ?? ''}`.trim().split('\n').slice(-5).join('\n  ');
  fail(
    `${what} failed: ${error?.message ?? `${[program, ...args].join(' ')} ended with ${status}`}${last && `\n  ${last}`}`,
  );
}

/** Becomes the given command: its terminal, its signals, its exit code. */
function hand([program, ...args]) {
  const child = spawn(program, args, { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself, since it shares our terminal; a signal to us alone is passed on.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', error => fail(error.message));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function sleep(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function say(line) {
  process.stderr.write(`set-up: ${line}\n`);
}

function fail(line) {
  say(line);
  if (existsSync(LOCK) && holder() === process.pid) rmSync(LOCK, { force: true });
  process.exit(FAILED);
}

/**
 * From a bare clone to a working bench: `npm start` and `npm test` begin here, with nothing but Node and npm.
 *
 *   node setup.mjs test          set up, then run all checks
 *   node setup.mjs COMMAND …     set up, then `bench COMMAND …`
 *
 * Every step may be killed and repeated, and looks first whether it is needed: where all is there it costs half a second.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(fileURLToPath(import.meta.url));
const OLDEST_NODE = [20, 15];
const FAILED = 4;
const LINES_OF_A_FAILURE = 8;
const MAIN = join(ROOT, 'dist/src/cli/main.js');
const LOCK = join(ROOT, '.setup.lock');
/** Inside node_modules, which `npm ci` empties first: a killed installation leaves none. */
const STAMP = join(ROOT, 'node_modules/.setup-stamp');

let child;
let interruptedBy;
let handedOver = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
requireNode();
await takeLock();
process.on('exit', releaseLock);
await installPackages();
await compile();
await step('providing SQLite, TensorFlow and data', process.execPath, [MAIN, 'doctor', '--only-fix'], 'inherit');
releaseLock();
const [command, ...args] = process.argv.slice(2);
if (command === 'test') await handOver('npm', ['run', '--silent', 'check', '--', ...args], ROOT);
else await handOver(process.execPath, [MAIN, ...(command ? [command, ...args] : [])], process.cwd());

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`expected Node ${OLDEST_NODE.join('.')} or newer, got ${process.version}. Install a newer one.`);
}

/** Only if node_modules is not what the lockfile says, for this Node. */
async function installPackages() {
  const lockfile = join(ROOT, 'package-lock.json');
  const source = existsSync(lockfile) ? lockfile : join(ROOT, 'package.json');
  const hash = createHash('sha256').update(readFileSync(source)).digest('hex');
  const wanted = `${hash} ${process.platform} ${process.arch} ABI ${process.versions.modules}`;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  say('installing packages (npm, about half a minute)');
  rmSync(STAMP, { force: true });
  // The compiler is a development dependency, which NODE_ENV=production would leave out.
  const options = ['--include=dev', '--no-audit', '--no-fund'];
  await step('installing packages', 'npm', [source === lockfile ? 'ci' : 'install', ...options]);
  writeFileSync(STAMP, wanted);
}

/** The compiler itself knows what is new, in a tenth of a second; it does not know what is gone. */
async function compile() {
  await step('compiling', process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b']);
  removeOrphans('src');
}

/** A folder of modules is its own registry, so the output of a source that is gone would still be a command or a net. */
function removeOrphans(folder) {
  for (const entry of readdirSync(join(ROOT, 'dist', folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const source = entry.isDirectory() ? path : path.replace(/(\.d\.ts|\.js\.map|\.js)$/, '.ts');
    if (!existsSync(join(ROOT, source))) rmSync(join(ROOT, 'dist', path), { recursive: true });
    else if (entry.isDirectory()) removeOrphans(path);
  }
}

/** Runs a program to its end. If it fails, so do we: one line, and the last words of what failed. */
async function step(what, program, args, stderr = 'pipe') {
  const { code, output } = await run(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', stderr] });
  if (interruptedBy) process.exit(128 + constants.signals[interruptedBy]);
  if (code === 0) return;
  const last = output.trim().split('\n').slice(-LINES_OF_A_FAILURE);
  fail([`${what} failed: "${[program, ...args].join(' ')}" ended with ${code}`, ...last].join('\n  ').trimEnd());
}

/** Becomes the given command: its terminal, its signals, its exit code. */
async function handOver(program, args, cwd) {
  handedOver = true;
  process.exitCode = (await run(program, args, { cwd, stdio: 'inherit' })).code;
}

function run(program, args, options) {
  child = spawn(program, args, options);
  if (!handedOver) renewLock();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', text => (output += text));
  return new Promise(resolve => {
    child.on('error', error => fail(`${program} cannot be started (${error.message}).`));
    child.on('close', (code, signal) => resolve({ code: code ?? 128 + constants.signals[signal], output }));
  });
}

/** Ctrl-C in a terminal reaches the command by itself; it would take a second one as "at once". */
function onSignal(signal) {
  if (!handedOver) interruptedBy = signal;
  if (handedOver && signal === 'SIGINT' && process.stdin.isTTY) return;
  if (child) child.kill(signal);
  else process.exit(128 + constants.signals[signal]);
}

/** One set-up a checkout at a time. A lock is dead when its holder is, and the program that the holder had started. */
async function takeLock() {
  for (let waited = false; ; waited = true) {
    if (placeLock()) return;
    const holders = readLock();
    if (holders.split('\n').every(holder => identify(Number.parseInt(holder, 10)) !== holder)) removeDeadLock(holders);
    else if (!waited) say('another set-up works in this checkout, waiting for it');
    await sleep(200);
  }
}

/** It appears whole or not at all: an empty one would look dead. */
function placeLock() {
  const temporary = `${LOCK}.${process.pid}`;
  try {
    writeFileSync(temporary, identify(process.pid));
    linkSync(temporary, LOCK);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    return fail(`${ROOT}: cannot be written (${error.message}). Make room, or clone to another folder.`);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Names the program that works for us, which lives on when we are killed. */
function renewLock() {
  const temporary = `${LOCK}.${process.pid}`;
  writeFileSync(temporary, [process.pid, child.pid].map(identify).filter(Boolean).join('\n'));
  renameSync(temporary, LOCK);
}

/** Of several that see a dead lock one gets it; who gets another's fresh lock instead puts it back. */
function removeDeadLock(seen) {
  const grave = `${LOCK}.${process.pid}.dead`;
  try {
    renameSync(LOCK, grave);
    if (readFileSync(grave, 'utf8') === seen) rmSync(grave);
    else renameSync(grave, LOCK);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function releaseLock() {
  if (readLock().split('\n')[0] === identify(process.pid)) rmSync(LOCK, { force: true });
}

function readLock() {
  try {
    return readFileSync(LOCK, 'utf8');
  } catch {
    return '';
  }
}

/** A process by number and, where the system tells, its start: numbers are used again. Null if it has ended. */
function identify(pid) {
  try {
    if (process.platform !== 'linux') return process.kill(pid, 0) && `${pid}`;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(state) ? null : `${pid} ${rest[18]}`;
  } catch (error) {
    return error.code === 'EPERM' ? `${pid}` : null;
  }
}

function say(line) {
  process.stderr.write(`set-up: ${line}\n`);
}

/** Returns never. */
function fail(line) {
  say(line);
  process.exit(FAILED);
}

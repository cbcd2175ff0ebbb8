/**
 * `npm run test:fuzz`: files that are nearly right, a million of them, to every reader. Each must give a result or one clear
 * line, within ten seconds and 1 GiB.
 *
 *   npm run test:fuzz                                   all kinds of files
 *   npm run test:fuzz -- --targets journal,checkpoint   these
 *   npm run test:fuzz -- --inputs 10000 --seed 7        so many in all, others than with seed 1
 *
 * On stdout a line for each kind, then one line of JSON; exit code 1 if a reader crashed, hung or took too much memory. What
 * it was given then is in `.bench/fuzz/`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { TARGETS } from './targets/index.ts';

const FOLDER = '.bench/fuzz';
const HANG_MS = 10_000;
/** The first input waits for the reader's modules, which may be compiled then. */
const FIRST_HANG_MS = 90_000;
const POLL_MS = 1000;
const MOST_BYTES = 2 ** 30;

interface Outcome {
  inputs: number;
  crash: { input: string | undefined; error: string } | null;
}

interface Result extends Outcome {
  target: string;
  hung: boolean;
  peakBytes: number;
  seconds: number;
}

const { values } = parseArgs({
  options: {
    targets: { type: 'string', default: Object.keys(TARGETS).join() },
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
  },
});
const names = values.targets.split(',');
const unknown = names.find(name => TARGETS[name] === undefined);
if (unknown !== undefined) throw new Error(`unknown target "${unknown}". Known: ${Object.keys(TARGETS).join(', ')}.`);
mkdirSync(FOLDER, { recursive: true });
const results: Result[] = [];
for (const name of names) {
  const result = await tryTarget(name, inputsOf(name));
  process.stdout.write(`${lineOf(result)}\n`);
  results.push(result);
}
const inputs = results.reduce((sum, result) => sum + result.inputs, 0);
const crashes = results.filter(({ crash }) => crash !== null).length;
const hangs = results.filter(({ hung }) => hung).length;
const peakMegabytes = Math.round(Math.max(...results.map(({ peakBytes }) => peakBytes)) / 1e6);
process.stdout.write(`${JSON.stringify({ inputs, crashes, hangs, peakMegabytes })}\n`);
process.exitCode = crashes + hangs > 0 ? 1 : 0;

function inputsOf(name: string): number {
  const weight = (one: string): number => TARGETS[one]?.weight ?? 0;
  return Math.ceil((Number(values.inputs) * weight(name)) / names.reduce((sum, one) => sum + weight(one), 0));
}

async function tryTarget(target: string, inputs: number): Promise<Result> {
  const note = join(FOLDER, `${target}.last`);
  const startMs = performance.now();
  const child = fork(new URL('one-target.ts', import.meta.url), [target, `${inputs}`, values.seed, note], {
    execArgv: ['--import', import.meta.resolve('jiti/register')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const watch = { hung: false, peakBytes: 0 };
  const ended = endOf(child, note);
  await Promise.race([ended, watchOver(child, note, watch)]);
  const outcome = await ended;
  if (watch.peakBytes > MOST_BYTES) outcome.crash ??= { input: undefined, error: 'it took more than 1 GiB' };
  const input = outcome.crash?.input;
  if (input !== undefined) writeFileSync(join(FOLDER, `${target}.crash`), Buffer.from(input, 'base64'));
  return { target, ...outcome, ...watch, seconds: (performance.now() - startMs) / 1000 };
}

/** The child says its outcome in one message; one that says none has died of what it read last. */
async function endOf(child: ChildProcess, note: string): Promise<Outcome> {
  let [outcome, errors]: [Outcome | undefined, string] = [undefined, ''];
  child.on('message', message => {
    outcome = message as Outcome;
  });
  child.stderr?.on('data', text => {
    errors = `${errors}${text}`.slice(-2000);
  });
  const [code, signal] = await once(child, 'close');
  if (outcome !== undefined) return outcome;
  const { tried, bytes } = lastOf(note);
  return {
    inputs: tried,
    crash: { input: bytes.toString('base64'), error: `ended with ${signal ?? code}: ${errors}` },
  };
}

/** Ends the child, by its id, when nothing new was read for ten seconds. */
async function watchOver(child: ChildProcess, note: string, watch: { hung: boolean; peakBytes: number }) {
  let [last, sinceMs] = [0, performance.now()];
  while (child.exitCode === null && child.signalCode === null) {
    await sleep(POLL_MS, undefined, { ref: false });
    watch.peakBytes = Math.max(watch.peakBytes, peakBytesOf(child.pid as number));
    const { tried } = lastOf(note);
    if (tried !== last) [last, sinceMs] = [tried, performance.now()];
    if (performance.now() - sinceMs < (tried <= 1 ? FIRST_HANG_MS : HANG_MS)) continue;
    watch.hung = true;
    child.kill('SIGKILL');
    return;
  }
}

function lastOf(note: string): { tried: number; bytes: Buffer } {
  try {
    const bytes = readFileSync(note);
    return { tried: bytes.readUInt32LE(0), bytes: bytes.subarray(8, 8 + bytes.readUInt32LE(4)) };
  } catch {
    return { tried: 0, bytes: Buffer.alloc(0) };
  }
}

/** 0 where the system does not say it. */
function peakBytesOf(pid: number): number {
  try {
    return 1024 * Number(/^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function lineOf({ target, inputs, crash, hung, peakBytes, seconds }: Result): string {
  const outcome = hung ? 'HANGS' : crash === null ? 'clear' : `CRASH: ${crash.error}`;
  const figures = [
    `${inputs} inputs`.padStart(14),
    `${seconds.toFixed(0)} s`.padStart(6),
    `${(peakBytes / 1e6).toFixed(0)} MB`,
  ];
  return `${target.padEnd(12)} ${figures.join('  ').padEnd(34)} ${outcome}`;
}

/** Says in the journals of open runs how their process ended, when it ends in a way that leaves it a last word. */
import { describeError } from '../core/errors.ts';
import type { EndState } from '../core/journal.ts';

interface OpenRun {
  finish(state: EndState, reason?: string): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const open = new Set<OpenRun>();
let thrown: string | undefined;
let asked: NodeJS.Signals | undefined;

/** `signals`: false leaves them to the program; a run that one ends is then found crashed, as after kill -9. */
export function watchProcessEnd(run: OpenRun, signals: boolean): void {
  if (open.size === 0) {
    process.on('exit', onExit);
    process.on('uncaughtExceptionMonitor', onThrown);
  }
  if (signals)
    for (const signal of SIGNALS) if (!process.listeners(signal).includes(onSignal)) process.on(signal, onSignal);
  open.add(run);
}

export function forgetProcessEnd(run: OpenRun): void {
  if (!open.delete(run) || open.size > 0) return;
  process.off('exit', onExit);
  process.off('uncaughtExceptionMonitor', onThrown);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

function onExit(code: number): void {
  if (asked !== undefined) finishAll('killed', asked);
  else if (code === 0) finishAll('finished');
  else finishAll('failed', thrown ?? `the process ended with code ${code}`);
}

function onThrown(error: unknown): void {
  thrown = describeError(error);
}

/** If the program listens too, it decides what happens, and its exit tells us; else the signal does what it always does. */
function onSignal(signal: NodeJS.Signals): void {
  asked = signal;
  if (process.listenerCount(signal) > 1) return;
  finishAll('killed', signal);
  process.kill(process.pid, signal);
}

function finishAll(state: EndState, reason?: string): void {
  for (const run of [...open]) {
    try {
      run.finish(state, reason);
    } catch (error) {
      process.stderr.write(`convbench: ${describeError(error)}\n`);
    }
  }
}

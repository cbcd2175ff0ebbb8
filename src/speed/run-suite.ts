import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { EXIT, UserError } from '../core/errors.ts';
import type { SuiteFigures } from './measure.ts';
import type { SuiteAnswer, SuiteQuestion } from './suite-process.ts';

const PROCESS = fileURLToPath(new URL('./suite-process.js', import.meta.url));

/** Address of a suite's module in compiled code. */
export const suiteUrl = (name: string): string => new URL(`./suites/${name}.js`, import.meta.url).href;

/** In a fresh process. Throws one line if it cannot load the suite, or ends without a word. */
export async function runSuite(question: SuiteQuestion, stop: AbortSignal): Promise<SuiteFigures> {
  const child = spawn(process.execPath, [PROCESS], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], signal: stop });
  const words = text(child.stderr as NodeJS.ReadableStream);
  let answer: SuiteAnswer | undefined;
  child.on('message', message => {
    answer = message as SuiteAnswer;
  });
  child.on('error', () => {}); // the end says it too
  child.send(question);
  const ending = await new Promise(resolve => child.once('close', (code, signal) => resolve(signal ?? code)));
  if (stop.aborted) throw new UserError('stopped.', { exitCode: EXIT.interrupted });
  if (answer === undefined) throw refusal(lastLine(await words) ?? `the process ended with ${ending}`);
  if ('failure' in answer) throw refusal(answer.failure);
  return answer;
}

const lastLine = (words: string): string | undefined => words.trim().split('\n').at(-1) || undefined;

const refusal = (why: string): UserError =>
  new UserError(`the suite cannot be measured: ${why}.`, { exitCode: EXIT.noData });

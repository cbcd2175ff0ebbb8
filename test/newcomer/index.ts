/**
 * `npm run test:newcomer`: from a clone to a verdict of one's own, with no step that needs knowledge. The first command stands in
 * README.md; each later one is the first that bench advised, with a name where it says NAME. What is committed is walked.
 * Each step's seconds on stderr; the last line is JSON: `{verdict, seconds, steps}`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Advice } from '../../src/cli/set-up/next-steps.ts';
import { Walk } from './walk.ts';

const FIRST = 'npm start -- --tier smoke';
const QUESTION = 'npx bench new experiment NAME';
const NAME = 'my-question';
/** Of a tier that can decide. */
const VERDICT = /^my-question \(quick\): (Confirmed|Refuted|Inconclusive)/;
const MOST_STEPS = 6;

const folder = mkdtempSync(join(tmpdir(), 'bench-newcomer-'));
const walk = new Walk(folder);
try {
  await walk.step('clone', 'git', 'clone', '--quiet', process.cwd(), 'convbench');
  walk.folder = join(folder, 'convbench');
  await take('set up and try', FIRST);
  if (!(await advice()).steps.some(({ command }) => command === QUESTION))
    throw new Error(`expected the advice ${QUESTION}`);
  const begun = await take('begin', QUESTION.replace('NAME', NAME));
  await take('try', /^Next: (.+)$/m.exec(begun)?.[1] ?? '');
  const verdict = await followAdvice();
  process.stdout.write(`${JSON.stringify({ verdict, ...walk.figures })}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Until a tier that can decide has spoken about the newcomer's own question. */
async function followAdvice(): Promise<string> {
  for (let step = 1; step <= MOST_STEPS; step++) {
    const { about, steps } = await advice();
    if (VERDICT.test(about)) return about;
    await take(`advised ${step}`, steps[0]?.command ?? '');
  }
  throw new Error(`no verdict after ${MOST_STEPS} steps that were advised`);
}

async function advice(): Promise<Advice> {
  return JSON.parse(await walk.step('ask what to do next', 'npx', 'bench', 'next', '--json')) as Advice;
}

function take(name: string, command: string): Promise<string> {
  const [program = '', ...args] = command.split(' ');
  return walk.step(name, program, ...args);
}

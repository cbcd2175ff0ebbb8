/** What one Node has to do, step by step. */
import { join } from 'node:path';
import { ExecaError } from 'execa';
import { FreshCheckout } from './fresh-checkout.ts';
import { installNode } from './node-binary.ts';

export const STEPS = ['setUp', 'doctor', 'run', 'verify', 'tests'] as const;
type Step = (typeof STEPS)[number];
/** `skipped`: a step that it builds on failed. */
type Outcome = 'passed' | 'failed' | 'skipped';
export type NodeResult = { node: string } & Record<Step, Outcome>;

const NEEDS: Record<Step, Step[]> = { setUp: [], doctor: ['setUp'], run: ['setUp'], verify: ['run'], tests: ['setUp'] };
const LINES_OF_STDERR = 60;
const LINES_OF_STDOUT = 10;

export const isGood = (result: NodeResult): boolean => STEPS.every(step => result[step] === 'passed');

/** Does all steps in `folder`, which is made. What fails is told on stderr. */
export async function tryNode(version: string, folder: string, cancelSignal: AbortSignal): Promise<NodeResult> {
  const result = { node: version } as NodeResult;
  const checkout = await prepare(version, folder, cancelSignal);
  for (const step of STEPS) {
    const isPossible = checkout !== undefined && NEEDS[step].every(need => result[need] === 'passed');
    result[step] = isPossible && !cancelSignal.aborted ? await tryStep(version, step, checkout) : 'skipped';
  }
  return result;
}

async function prepare(version: string, folder: string, cancelSignal: AbortSignal): Promise<FreshCheckout | undefined> {
  try {
    const bin = await installNode(version, join(folder, 'node'), cancelSignal);
    return await FreshCheckout.make(folder, bin, cancelSignal);
  } catch (error) {
    tellFailure(version, 'getting it', error);
    return undefined;
  }
}

async function tryStep(version: string, step: Step, checkout: FreshCheckout): Promise<Outcome> {
  const start = performance.now();
  try {
    await PERFORM[step](checkout);
    const seconds = Math.round((performance.now() - start) / 1000);
    process.stderr.write(`Node ${version}: ${step} passed (${seconds} s)\n`);
    return 'passed';
  } catch (error) {
    tellFailure(version, step, error);
    return 'failed';
  }
}

const PERFORM: Record<Step, (checkout: FreshCheckout) => Promise<unknown>> = {
  setUp: checkout => checkout.node('setup.mjs', '--version'),
  doctor: checkout => checkout.bench('doctor'),
  run: checkout => checkout.bench('run', 'degradation-34', '--tier', 'smoke'),
  verify: async checkout => checkout.bench('verify', await finishedRun(checkout)),
  tests: checkout => checkout.node('node_modules/vitest/vitest.mjs', 'run', 'test/engine', 'test/tracking'),
};

async function finishedRun(checkout: FreshCheckout): Promise<string> {
  const runs = JSON.parse(await checkout.bench('list', '--json')) as { id: string; state: string }[];
  const run = runs[0];
  if (run && runs.every(({ state }) => state === 'finished')) return run.id;
  throw new Error(`bench list: expected finished runs only, got ${JSON.stringify(runs.map(({ state }) => state))}`);
}

function tellFailure(version: string, what: string, error: unknown): void {
  process.stderr.write(`Node ${version}: ${what} failed\n  ${describe(error).join('\n  ')}\n`);
}

/** Programs name their mistakes on stderr, and vitest sums up on stdout. */
function describe(error: unknown): string[] {
  if (!(error instanceof ExecaError)) return [String(error)];
  const last = (output: unknown, count: number): string[] =>
    String(output ?? '')
      .trim()
      .split('\n')
      .slice(-count);
  return [error.shortMessage, ...last(error.stderr, LINES_OF_STDERR), ...last(error.stdout, LINES_OF_STDOUT)];
}

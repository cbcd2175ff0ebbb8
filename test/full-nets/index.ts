/**
 * Compiles each net in its paper's form, at its own resolution and with all its heads, and trains one step: what the
 * small forms of `npm test` cannot show. Each net has a process of its own, so that memory is that of one net.
 *
 *   npm run test:full-nets                              all nets, one after the other
 *   npm run test:full-nets -- --nets vgg-e,resnet-152   these
 *   npm run test:full-nets -- --batch 2                 two images a step (1 unless given)
 *
 * On stdout a line for each net, then one line of JSON; exit code 1 if any net failed.
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { allNets } from '../../src/nets/index.ts';
import type { FullNetFigures } from './one-net.ts';

const { values } = parseArgs({ options: { nets: { type: 'string' }, batch: { type: 'string', default: '1' } } });
const names = values.nets?.split(',') ?? [...(await allNets()).keys()];
const results: Result[] = [];
for (const name of names) {
  const result = await tryNet(name, values.batch);
  process.stdout.write(`${lineOf(result)}\n`);
  results.push(result);
}
process.stdout.write(`${JSON.stringify(summaryOf(results))}\n`);
process.exitCode = results.every(isGood) ? 0 : 1;

type Result = { name: string } & ({ figures: FullNetFigures } | { failure: string });

/** The child says its figures in one message; without one its exit says what became of it. */
async function tryNet(name: string, batch: string): Promise<Result> {
  const child = fork(new URL('one-net.ts', import.meta.url), [name, batch], {
    execArgv: ['--import', import.meta.resolve('jiti/register')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let [figures, errors]: [FullNetFigures | undefined, string] = [undefined, ''];
  child.on('message', message => {
    figures = message as FullNetFigures;
  });
  child.stderr?.on('data', text => {
    errors = `${errors}${text}`.slice(-2000);
  });
  const [code, signal] = await once(child, 'close');
  if (figures && code === 0) return { name, figures };
  return {
    name,
    failure: `ended with ${signal ?? code}: ${errors.split('\n').findLast(line => /error/i.test(line)) ?? ''}`,
  };
}

function isGood(result: Result): boolean {
  return 'figures' in result && Number.isFinite(result.figures.loss);
}

function lineOf(result: Result): string {
  const name = result.name.padEnd(20);
  if ('failure' in result) return `${name} failed: ${result.failure}`;
  const { input, compileSeconds, stepSeconds, peakRssBytes, loss } = result.figures;
  const words = [
    input.join('×').padEnd(11),
    `compile ${compileSeconds.toFixed(1).padStart(5)} s`,
    `step ${stepSeconds.toFixed(2).padStart(6)} s`,
    `peak ${(peakRssBytes / 2 ** 20).toFixed(0).padStart(5)} MiB`,
    `loss ${loss.toFixed(3)}${Number.isFinite(loss) ? '' : ' is not finite'}`,
  ];
  return `${name} ${words.join('  ')}`;
}

function summaryOf(all: readonly Result[]): object {
  const passed = all.filter(isGood).length;
  const peaks = all.map(result => ('figures' in result ? result.figures.peakRssBytes : 0));
  return { nets: all.length, passed, failed: all.length - passed, peakRssBytes: Math.max(0, ...peaks) };
}

/** One kind of file in a process of its own, for index.ts: TARGET INPUTS SEED NOTE. */
import { openSync, writeSync } from 'node:fs';
import fc from 'fast-check';
import { describeError } from '../../src/core/errors.ts';
import { type FuzzTarget, tryInput } from './target.ts';
import { TARGETS } from './targets/index.ts';

const [name = '', inputs = '', seed = '', notePath = ''] = process.argv.slice(2);
const note = openSync(notePath, 'w');
let tried = 0;

/** What was read last is there for whoever finds this process hanging or dead. */
async function tryNoted(target: FuzzTarget, bytes: Buffer): Promise<void> {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(++tried, 0);
  head.writeUInt32LE(bytes.length, 4);
  writeSync(note, Buffer.concat([head, bytes]), 0, head.length + bytes.length, 0);
  await tryInput(target, bytes);
}

const target = TARGETS[name] as FuzzTarget;
const property = fc.asyncProperty(target.inputs, bytes => tryNoted(target, bytes));
const { failed, counterexample, errorInstance, numRuns } = await fc.check(property, {
  numRuns: Number(inputs),
  seed: Number(seed),
});
const crash = failed ? { input: counterexample?.[0].toString('base64'), error: describeError(errorInstance) } : null;
process.send?.({ inputs: numRuns, crash }, () => process.exit(0));

import { type Change, curationOf, readChanges } from '../../../src/tracking/curation-log.ts';
import { mutated } from '../mutated.ts';
import { fileOf } from '../scratch.ts';
import type { FuzzTarget } from '../target.ts';

const CHANGES: readonly Change[] = [
  { id: 'a', time: 1, runs: ['r', 's'], action: 'tag', add: ['x'], remove: ['y'] },
  { id: 'b', time: 2, runs: ['r'], action: 'note', text: 'so' },
  { id: 'c', time: 3, runs: ['s'], action: 'delete' },
  { id: 'd', time: 4, action: 'undo', of: 'c' },
];

/** What people say of runs. */
export default {
  inputs: mutated([Buffer.from(CHANGES.map(change => JSON.stringify(change)).join('\n'))]),
  weight: 5,
  read: bytes => curationOf(readChanges(fileOf('curation.jsonl', bytes)).changes),
} satisfies FuzzTarget;

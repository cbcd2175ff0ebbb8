import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Recorder } from '../../../src/tracking/recorder.ts';
import { openStore } from '../../../src/tracking/store.ts';
import { mutated } from '../mutated.ts';
import { fileOf, inFolder } from '../scratch.ts';
import type { FuzzTarget } from '../target.ts';
import { JOURNAL, sealFrames } from './frames.ts';

const EMPTY_STORE = fileOf('empty.sqlite', Buffer.alloc(0));
openStore(EMPTY_STORE).close();

/** What a journal says, written into a store of its own. */
export default {
  inputs: mutated([JOURNAL], sealFrames),
  weight: 1,
  read: bytes => inFolder(folder => record(folder, bytes)),
} satisfies FuzzTarget;

function record(folder: string, bytes: Buffer): void {
  const run = join(folder, 'runs', '0123456789ab');
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, 'journal'), bytes);
  copyFileSync(EMPTY_STORE, join(folder, 'store.sqlite'));
  const store = openStore(join(folder, 'store.sqlite'));
  try {
    new Recorder(store, join(folder, 'runs')).ingestAll();
    const again = new Recorder(store, join(folder, 'runs')).ingestAll();
    if (again.events > 0) throw new Error(`${again.events} events were recorded twice`);
  } finally {
    store.close();
  }
}

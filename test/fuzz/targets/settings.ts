import { dirname } from 'node:path';
import { readFolderSettings } from '../../../src/data/_folder-settings.ts';
import { mutated } from '../mutated.ts';
import { fileOf } from '../scratch.ts';
import type { FuzzTarget } from '../target.ts';

const SETTINGS = { title: 'Leaves', testShare: 0.2, seed: 7, damaged: 'skip' };

/** What the owner of a folder of images says about it. */
export default {
  inputs: mutated([Buffer.from(JSON.stringify(SETTINGS))]),
  weight: 5,
  read: bytes => readFolderSettings(dirname(fileOf('dataset.json', bytes))),
} satisfies FuzzTarget;

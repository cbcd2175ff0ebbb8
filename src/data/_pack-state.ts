/** How far a pack has come, and where its files lie. */
import { join } from 'node:path';
import { writeFileAtomically } from '../core/atomic-file.ts';
import { jsonIfThere } from '../core/if-there.ts';
import { cacheDir } from '../core/places.ts';

/** A pack of another one is made anew: its pictures were resized in another way. */
const VERSION = 2;

/** How far the files are good. */
export interface PackState {
  version: number;
  complete: boolean;
  images: number;
  pixelBytes: number;
  sourceBytes: number;
  /** Of the training images. */
  histogram: number[];
  /** Files that could not be decoded, one line each; they have a place of size 0. */
  damaged: string[];
}

export const NOTHING: PackState = {
  version: VERSION,
  complete: false,
  images: 0,
  pixelBytes: 0,
  sourceBytes: 0,
  histogram: [],
  damaged: [],
};

export const packsFolder = (): string => join(cacheDir(), 'data', 'packs');

/** Of a dataset's content at a size. */
export const packFolder = (fingerprint: string, shorterSide: number | null): string =>
  join(packsFolder(), `${fingerprint.slice(0, 24)}-${shorterSide ?? 'full'}`);

export const packFiles = { state: 'pack.json', pixels: 'pixels', places: 'places', sources: 'sources.txt' } as const;

/** Anything unreadable is as good as nothing. */
export function readState(folder: string): PackState {
  const state = jsonIfThere<PackState>(join(folder, packFiles.state));
  return state?.version === VERSION ? state : NOTHING;
}

export function writeState(folder: string, state: PackState): void {
  writeFileAtomically(join(folder, packFiles.state), [Buffer.from(JSON.stringify(state))]);
}

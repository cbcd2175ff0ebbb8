/** Every fault that is tried, and how many moments of it in the short form and, by default, in the long one. */
import { wrongClocks } from './clock.ts';
import { copiedFolders, damagedJournals } from './damage.ts';
import { fullDisks, readOnlyFolders } from './disk.ts';
import { killAll, killParents, killRecorders, killWorkers, killWriters } from './killed.ts';
import { deletedStores, manyRecorders, openedDuringMigration } from './store.ts';
import { killTraining } from './trained.ts';
import type { Trial } from './trial.ts';

export interface FaultResult {
  trials: Trial[];
  /** Run folders that were made. */
  runs: number;
}

export interface FaultKind {
  try(moments: number): Promise<FaultResult>;
  short: number;
  long: number;
}

export const FAULT_KINDS: Record<string, FaultKind> = {
  'kill-writer': { try: killWriters, short: 6, long: 120 },
  'kill-recorder': { try: killRecorders, short: 4, long: 50 },
  'kill-parent': { try: killParents, short: 2, long: 25 },
  'kill-workers': { try: killWorkers, short: 2, long: 25 },
  'kill-all': { try: killAll, short: 2, long: 20 },
  disk: { try: fullDisks, short: 4, long: 40 },
  'read-only': { try: readOnlyFolders, short: 1, long: 1 },
  clock: { try: wrongClocks, short: 1, long: 5 },
  'many-recorders': { try: manyRecorders, short: 1, long: 5 },
  migration: { try: openedDuringMigration, short: 1, long: 10 },
  'deleted-store': { try: deletedStores, short: 3, long: 10 },
  damage: { try: damagedJournals, short: 30, long: 300 },
  /** Too long for `npm test`, where test/e2e kills training a few times. */
  training: { try: killTraining, short: 0, long: 4 },
  copies: { try: copiedFolders, short: 2, long: 10 },
};

/** Journals whose bytes were changed behind our back, and folders that stand in several places. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../../src/core/journal.ts';
import { attempt, cellEvent, end, point } from '../tracking/events.ts';
import { type Examined, Ground, stateFault } from './ground.ts';
import type { FaultResult } from './kinds.ts';
import type { Trial } from './trial.ts';

const STEPS = 200;
const GONE = { pid: 2 ** 22 + 1 };

interface Damaged {
  bytes: Buffer;
  moment: string;
  /** Whether this frame has lost its bytes. */
  destroys(from: number, to: number): boolean;
}

type Damage = (whole: Buffer, ends: readonly number[]) => Damaged;

const DAMAGES: Record<string, Damage> = {
  'a flipped bit': whole => {
    const at = randomBelow(whole.length - JOURNAL_MAGIC.length) + JOURNAL_MAGIC.length;
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] as number) ^ (1 << randomBelow(8));
    return { bytes, moment: `in byte ${at}`, destroys: (from, to) => from <= at && at < to };
  },
  'a torn tail': whole => {
    const length = JOURNAL_MAGIC.length + randomBelow(whole.length - JOURNAL_MAGIC.length);
    const moment = `behind byte ${length}`;
    return { bytes: whole.subarray(0, length), moment, destroys: (_, to) => to > length };
  },
  'a block of zeros': whole => {
    const from = JOURNAL_MAGIC.length + randomBelow(whole.length - JOURNAL_MAGIC.length);
    const to = Math.min(whole.length, from + 4096);
    const bytes = Buffer.from(whole).fill(0, from, to);
    return { bytes, moment: `bytes ${from} to ${to}`, destroys: (begin, stop) => begin < to && stop > from };
  },
  'frames that were written twice': (whole, ends) => {
    const from = ends[randomBelow(ends.length - 1)] as number;
    const bytes = Buffer.concat([whole, whole.subarray(from)]);
    return { bytes, moment: `from byte ${from}`, destroys: () => false };
  },
  'frames in another order': (whole, ends) => {
    const [from, middle, to] = [3, 60, 120].map(i => ends[i] as number) as [number, number, number];
    const parts = [
      whole.subarray(0, from),
      whole.subarray(middle, to),
      whole.subarray(from, middle),
      whole.subarray(to),
    ];
    return { bytes: Buffer.concat(parts), moment: `bytes ${middle} to ${to} come first`, destroys: () => false };
  },
};

/** Only the damaged frames are missing; a problem is told unless it looks like a kill. */
export async function damagedJournals(moments: number): Promise<FaultResult> {
  const ground = new Ground();
  try {
    const kinds = Object.entries(DAMAGES);
    const planned = Array.from({ length: moments }, (_, i) => {
      const [kind, damage] = kinds[i % kinds.length] as [string, Damage];
      return { kind, ...damageOne(ground, damage) };
    });
    const found = ground.look(planned.map(({ run }) => run));
    return { trials: planned.map(one => judge(one, found)), runs: ground.runCount };
  } finally {
    ground.remove();
  }
}

interface Planned {
  run: string;
  moment: string;
  /** Steps whose frames are whole on disk. */
  whole: number[];
  ends: 'crashed' | 'finished';
}

function damageOne(ground: Ground, damage: Damage): Planned {
  const run = ground.newRun();
  const points = Array.from({ length: STEPS }, (_, i) => point(i + 1));
  const cell = cellEvent({ seed: ground.runCount, identity: run });
  const events: JournalEvent[] = [attempt(run, GONE), cell, ...points, end('finished', { step: STEPS })];
  const ends: number[] = [];
  const frames = events.map(encodeFrame);
  for (const frame of frames) ends.push((ends.at(-1) ?? JOURNAL_MAGIC.length) + frame.length);
  const { bytes, moment, destroys } = damage(Buffer.concat([JOURNAL_MAGIC, ...frames]), ends);
  writeFileSync(join(ground.folderOf(run), 'journal'), bytes);
  const isWhole = (i: number): boolean => !destroys(ends[i - 1] ?? JOURNAL_MAGIC.length, ends[i] as number);
  const whole = points.flatMap((_, i) => (isWhole(i + 2) ? [i + 1] : []));
  return { run, moment, whole, ends: isWhole(events.length - 1) ? 'finished' : 'crashed' };
}

function judge({ kind, run, moment, whole, ends }: Planned & { kind: string }, found: Examined['found']): Trial {
  const steps = found.steps.get(run) ?? [];
  const distinct = new Set(steps);
  return {
    kind,
    pid: 0,
    moment,
    acknowledged: STEPS,
    found: steps.length,
    lost: whole.filter(step => !distinct.has(step)).length,
    duplicated: steps.length - distinct.size,
    // A torn first frame leaves a run that nobody is known to have begun; one that is damaged, nobody known.
    falseStates: whole.length === 0 ? [] : stateFault(found, run, ends),
    integrity: found.integrity,
    ...(whole.length < STEPS && { note: `the fault destroyed ${STEPS - whole.length} points on disk` }),
  };
}

/** A folder that was copied, before and after it was recorded and while it is written, counts once. */
export async function copiedFolders(moments: number): Promise<FaultResult> {
  const ground = new Ground();
  try {
    const trials: Trial[] = [];
    for (let i = 0; i < moments; i++) trials.push(await copyAbout(ground, i));
    return { trials, runs: ground.runCount };
  } finally {
    ground.remove();
  }
}

async function copyAbout(ground: Ground, i: number): Promise<Trial> {
  const run = ground.newRun();
  const writer = ground.start('writer', [ground.folderOf(run)], { PACE_MS: '1' });
  await writer.says('writes');
  const copyTo = (name: string): void => cpSync(ground.folderOf(run), join(ground.runs, name), { recursive: true });
  copyTo(`early-${i}`);
  ground.look();
  await new Promise(resolve => setTimeout(resolve, Math.random() * 60));
  copyTo(`late-${i}`);
  await writer.kill();
  copyTo(`copy-${i}`);
  const { found, figures } = ground.examine([run]);
  const names = [...found.states.keys()].filter(id => !/^a[0-9a-f]{11}$/.test(id));
  const bytes = readFileSync(join(ground.folderOf(run), 'journal')).length;
  return {
    kind: 'copies of a folder on other paths',
    pid: writer.pid,
    moment: `at ${bytes} bytes`,
    ...figures,
    duplicated: figures.duplicated + names.length,
    falseStates: [...stateFault(found, run, 'crashed'), ...found.problems],
  };
}

const randomBelow = (limit: number): number => Math.floor(Math.random() * limit);

/** The store under several processes: many recorders, a migration, a file that is deleted. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { packageRoot } from '../../src/core/places.ts';
import { Ground, type Running, stateFault } from './ground.ts';
import type { FaultResult } from './kinds.ts';
import type { Trial } from './trial.ts';

const RECORDERS = 3;
const WRITERS = 4;
const STEPS = 3000;
const OLD_POINTS = 60_000;
const OPENERS = 3;
/** "bnch", as the store's files are marked. */
const APPLICATION_ID = 0x62_6e_63_68;

/** Each point is recorded by exactly one of them. */
export async function manyRecorders(moments: number): Promise<FaultResult> {
  return eachOnItsGround(moments, async ground => {
    const runs = Array.from({ length: WRITERS }, () => ground.newRun());
    const recorders = Array.from({ length: RECORDERS }, () => ground.start('recorder', [ground.dir]));
    const writers = runs.map(run => ground.start('writer', [ground.folderOf(run)], { STEPS: String(STEPS) }));
    await Promise.all(writers.map(writer => writer.ended));
    const counted = await Promise.all(recorders.map(stopAndCount));
    const { found, figures } = ground.examine(runs);
    const twice = Math.max(0, counted.reduce((sum, points) => sum + points, 0) - figures.found);
    return {
      kind: `${RECORDERS} recorders at once`,
      pid: recorders[0]?.pid ?? 0,
      moment: `beside ${WRITERS} writers`,
      ...figures,
      duplicated: figures.duplicated + twice,
      falseStates: runs.flatMap(run => stateFault(found, run, 'finished')),
      note: `recorded ${counted.join(', ')} points`,
    };
  });
}

async function stopAndCount(recorder: Running): Promise<number> {
  recorder.process.stdin?.end();
  const { code } = await recorder.ended;
  if (code !== 0) throw new Error(`recorder: ${recorder.stderr}`);
  return (JSON.parse(recorder.stdout.trim().split('\n').at(-1) as string) as { points: number }).points;
}

/** Several find a store of the first schema, one of them is killed: it is migrated once, and all that was in it is there. */
export async function openedDuringMigration(moments: number): Promise<FaultResult> {
  return eachOnItsGround(moments, async ground => {
    const run = ground.newRun();
    makeOldStore(ground.storePath, run);
    ground.acknowledge(run, OLD_POINTS);
    const openers = Array.from({ length: OPENERS }, () => ground.start('lister', [ground.dir]));
    const victim = openers[0] as Running;
    await victim.says('begins');
    const delayMs = Math.random() * 150;
    await sleep(delayMs);
    await victim.kill();
    const ends = await Promise.all(openers.slice(1).map(opener => opener.ended));
    const failures = openers.slice(1).flatMap((opener, i) => (ends[i]?.code === 0 ? [] : [opener.stderr]));
    const { figures } = ground.examine([run]);
    return {
      kind: 'a second bench during a migration, the first is killed',
      pid: victim.pid,
      moment: `${delayMs.toFixed(0)} ms after it began`,
      ...figures,
      falseStates: failures.map(line => `a second bench failed: ${line}`),
    };
  });
}

/** A finished run of many points, by the SQL of the first schema. */
function makeOldStore(path: string, run: string): void {
  const database = new Database(path);
  database.exec(readFileSync(join(packageRoot, 'src/tracking/migrations/0000_store.sql'), 'utf8'));
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma('user_version = 1');
  database.pragma('journal_mode = WAL');
  database.transaction(() => {
    database.exec(`INSERT INTO experiments VALUES ('old', 1);
      INSERT INTO cells (key, experiment, tier, arm, levels, seed, steps, spec_hash, code_hash, data_hash, identity, cell)
        VALUES (1, 'old', 'quick', 'arm', '{}', 1, ${OLD_POINTS}, 's', 'c', 'd', 'i', '{}');
      INSERT INTO runs (key, id, cell, started_at) VALUES (1, '${run}', 1, 1);
      INSERT INTO attempts VALUES (1, 1, 1, '', 'far', 0, 1, 2, ${OLD_POINTS}, 'finished', 2, NULL, NULL);
      INSERT INTO metric_names VALUES (1, 'train.loss')`);
    const insert = database.prepare('INSERT INTO points VALUES (1, 1, ?, ?, 1)');
    for (let step = 1; step <= OLD_POINTS; step++) insert.run(step, 1 / step);
  })();
  database.close();
}

/** It is made anew from the journals; whoever had it open does no harm to the new one. */
export async function deletedStores(moments: number): Promise<FaultResult> {
  return eachOnItsGround(moments, async ground => {
    const runs = [ground.newRun(), ground.newRun()];
    const recorder = ground.start('recorder', [ground.dir]);
    const writers = runs.map(run => ground.start('writer', [ground.folderOf(run)], { PACE_MS: '1' }));
    await Promise.all([recorder, ...writers].map((one, i) => one.says(i === 0 ? 'follows' : 'writes')));
    const delayMs = Math.random() * 200;
    await sleep(delayMs);
    const ends = ['', '-wal', '-shm'].slice(0, 1 + Math.floor(Math.random() * 3));
    for (const end of ends) rmSync(`${ground.storePath}${end}`, { force: true });
    const alive = ground.examine(runs);
    await sleep(50);
    await Promise.all(writers.map(writer => writer.kill()));
    recorder.process.stdin?.end();
    await recorder.ended;
    const { found, figures } = ground.examine(runs);
    return {
      kind: `the store${ends
        .slice(1)
        .map(end => ` and its ${end}`)
        .join('')} deleted while it is used`,
      pid: recorder.pid,
      moment: `${delayMs.toFixed(0)} ms after the writers began`,
      ...figures,
      lost: figures.lost + alive.figures.lost,
      falseStates: [
        ...runs.flatMap(run => [...stateFault(alive.found, run, 'running'), ...stateFault(found, run, 'crashed')]),
        ...(alive.figures.integrity === 'ok' ? [] : [alive.figures.integrity]),
      ],
    };
  });
}

async function eachOnItsGround(moments: number, trial: (ground: Ground) => Promise<Trial>): Promise<FaultResult> {
  const trials: Trial[] = [];
  let runs = 0;
  for (let i = 0; i < moments; i++) {
    const ground = new Ground();
    try {
      trials.push(await trial(ground));
      runs += ground.runCount;
    } finally {
      ground.remove();
    }
  }
  return { trials, runs };
}

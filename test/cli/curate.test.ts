import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepArtifact } from '../../src/core/artifact-store.ts';
import { finishedRun } from '../tracking/events.ts';
import { bench, newPlace, type Place, writeJournal } from '../tracking/journals.ts';

const RUNS = ['a00000000001', 'a00000000002', 'b00000000003'];

async function out(place: Place, ...args: string[]): Promise<string> {
  const { stdout, stderr, code } = await bench(place, ...args);
  expect({ args, stderr, code }).toEqual({ args, stderr: '', code: 0 });
  return stdout;
}

async function ids(place: Place, ...args: string[]): Promise<string[]> {
  const runs = JSON.parse(await out(place, 'list', '--sort', 'id', '--json', ...args)) as { id: string }[];
  return runs.map(run => run.id);
}

function filledPlace(runs: readonly string[] = RUNS): Place {
  const place = newPlace();
  runs.forEach((run, i) => {
    const top1 = { type: 'metric', time: 1, name: 'test.top1', value: 0.125 * i } as const;
    const artifact = keepArtifact(
      join(place.dir, 'runs', run),
      'notes/a.txt',
      Buffer.from('hello'),
      join(place.dir, 'artifacts'),
    );
    writeJournal(place, run, finishedRun(run, { seed: i + 1 }, top1, { type: 'artifact', time: 1, ...artifact }));
  });
  return place;
}

test('tags, notes, stars and archive are said, shown, filtered and taken back', async () => {
  const place = filledPlace();
  expect(await out(place, 'tag', 'a00000000001', 'b', '+good', '+x', '-unsure')).toBe('tagged: 2 runs\n');
  expect(await out(place, 'note', 'b', 'looks fine')).toBe('noted: b00000000003\n');
  expect(await out(place, 'star', '--where', 'seed = 2')).toBe('starred: a00000000002\n');
  expect(await out(place, 'archive', 'a00000000001')).toBe('archived: a00000000001\n');
  expect(await ids(place)).toEqual(RUNS.slice(1));
  expect(await ids(place, '--archived', '--where', 'tag = good')).toEqual([RUNS[0], RUNS[2]]);
  const table = await out(place, 'list', '--sort', '-seed', '--figures', 'test.top1');
  expect(table.split('\n')[0]).toMatch(/step +test\.top1 +age +tags$/);
  expect(table.split('\n')[1]).toMatch(/^b00000000003 .* 25\.0 % .* good x$/);
  expect(await out(place, 'show', 'b')).toMatch(/^ {2}tags +good x\n {2}note +looks fine$/m);
  expect(await out(place, 'undo')).toBe('undone: archive of a00000000001\n');
  expect(await ids(place)).toEqual(RUNS);
}, 60_000);

test('delete asks back, undo brings back, gc removes for good', async () => {
  const place = filledPlace();
  const asked = await bench(place, 'delete', '--where', 'seed > 1');
  expect(asked).toMatchObject({
    code: 2,
    stderr: 'bench: Delete 2 runs? Nobody can be asked here: say --yes to do it.\n',
  });
  expect(await out(place, 'delete', '--where', 'seed > 1', '--yes')).toMatch(
    /^deleted: 2 runs\. `bench undo` brings back/,
  );
  expect(await ids(place)).toEqual([RUNS[0]]);
  await out(place, 'undo');
  expect(await out(place, 'delete', 'b')).toMatch(/^deleted: b00000000003\./);
  expect(await out(place, 'gc', '--dry-run')).toMatch(
    /^run b00000000003 .*\nwould remove: 1 runs, 0 artifacts, 0 checkpoints, /,
  );
  expect(readdirSync(place.runs)).toHaveLength(3);
  expect(await out(place, 'gc')).toMatch(/\nremoved: 1 runs, 0 artifacts, 0 checkpoints, /);
  expect(readdirSync(place.runs)).toEqual(RUNS.slice(0, 2));
  expect(await bench(place, 'undo')).toMatchObject({ code: 4, stderr: 'bench: nothing to undo.\n' });
}, 60_000);

test('two stores are one once their run folders and what was said stand together', async () => {
  const [place, other] = [filledPlace(), filledPlace(['c00000000004'])];
  await out(place, 'star', 'b');
  await out(other, 'tag', 'c', '+theirs');
  cpSync(join(other.dir, 'runs'), join(place.dir, 'runs'), { recursive: true });
  appendFileSync(join(place.dir, 'curation.jsonl'), readFileSync(join(other.dir, 'curation.jsonl')));
  expect(await ids(place)).toEqual([...RUNS, 'c00000000004']);
  expect(await ids(place, '--where', 'starred or tag = theirs')).toEqual(['b00000000003', 'c00000000004']);
  await out(place, 'artifacts', 'c', '--extract', join(place.dir, 'out'));
  expect(readFileSync(join(place.dir, 'out', 'notes/a.txt'), 'utf8')).toBe('hello');
  expect(await out(place, 'check')).toMatch(/^no fault found: 4 runs/m);
}, 60_000);

test('artifacts are listed and copied out', async () => {
  const place = filledPlace();
  expect(await out(place, 'artifacts', 'b')).toMatch(/^name +size +sha256 +file\nnotes\/a\.txt +5 B +2cf24dba/);
  const target = join(place.dir, 'out');
  expect(await out(place, 'artifacts', 'b', '--extract', target)).toBe(`${join(target, 'notes/a.txt')}\n`);
  expect(readFileSync(join(target, 'notes/a.txt'), 'utf8')).toBe('hello');
  const none = await bench(place, 'artifacts', 'b', 'c.txt');
  expect(none).toMatchObject({
    code: 2,
    stderr: 'bench: run b00000000003 has no artifact "c.txt". It has: notes/a.txt.\n',
  });
}, 60_000);

test('mistakes are one line each, and change nothing', async () => {
  const place = filledPlace();
  const mistakes: [string[], RegExp][] = [
    [['tag', 'b'], /^bench: expected a tag such as \+good or -good, got none\.\n$/],
    [['star'], /^bench: expected either ids of runs or --where "FILTER"\.\n$/],
    [['list', '--where', 'seed = = 1'], /^bench: filter, character 8: expected a value, got "= 1"\.\n$/],
    [['list', '--group', 'nett'], /^bench: unknown field of runs "nett"\. Did you mean "net"\?.*\n$/],
    [['list', '--figures', 'seed'], /^bench: --figures: expected final figures .*\n$/],
    [['gc', '--checkpoint-budget', 'much'], /^bench: .*Expected a size such as 500MB or 20GB\.\n$/],
  ];
  for (const [args, message] of mistakes) {
    const { code, stdout, stderr } = await bench(place, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  }
  expect(readdirSync(place.dir)).not.toContain('curation.jsonl');
}, 60_000);

test('sql: a table, JSON, CSV; only questions, only to this store', async () => {
  const place = filledPlace();
  const sql = 'SELECT run, seed, state, tags FROM v_runs ORDER BY seed';
  expect(await out(place, 'sql', sql)).toMatch(/^run +seed +state +tags\na00000000001 +1 +finished +\[\]\n/);
  expect(JSON.parse(await out(place, 'sql', `/* which? */ ${sql}`, '--json'))[2]).toEqual({
    run: 'b00000000003',
    seed: 3,
    state: 'finished',
    tags: '[]',
  });
  const csv = await out(place, 'sql', `SELECT 'a,"b"' AS "x y", 1e999 AS big, NULL AS empty`, '--csv');
  expect(csv).toBe('x y,big,empty\n"a,""b""",Infinity,\n');
  expect(await out(place, 'sql', 'SELECT * FROM v_points WHERE 0', '--json')).toBe('[]\n');
  mkdirSync(join(place.dir, 'more'));
  writeFileSync(join(place.dir, 'more', 'other.sqlite'), '');
  const refused: [string, RegExp][] = [
    ['DELETE FROM runs', /^bench: sql: expected one SELECT, got DELETE\. The store is only read here/],
    [`ATTACH '${join(place.dir, 'more', 'other.sqlite')}' AS x`, /^bench: sql: expected one SELECT, got ATTACH\./],
    ['WITH x AS (SELECT 1) DELETE FROM runs RETURNING id', /^bench: sql: expected one SELECT, got WITH\./],
    [`VACUUM INTO '${join(place.dir, 'copy')}'`, /^bench: sql: expected one SELECT, got VACUUM\./],
    ['PRAGMA query_only = OFF', /^bench: sql: expected one SELECT, got PRAGMA\./],
    ['SELECT 1; DROP TABLE runs', /^bench: sql: .*more than one statement.* Ask one at a time\.\n$/],
    ['SELECT * FROM run', /^bench: sql: no such table: run\. The views are v_runs, .*\n$/],
    ['SELEC 1', /^bench: sql: near "SELEC": syntax error\.\n$/],
  ];
  for (const [question, message] of refused) {
    const { code, stdout, stderr } = await bench(place, 'sql', question);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  }
  expect(await ids(place)).toEqual(RUNS);
}, 120_000);

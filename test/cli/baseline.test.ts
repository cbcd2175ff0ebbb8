import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import baseline from '../../src/cli/commands/baseline.ts';
import gate from '../../src/cli/commands/gate.ts';
import { call } from './called.ts';
import { useGatePlace, wobble } from './gate-place.ts';

const FILE = 'baselines/main.json';
const place = useGatePlace();
const run = (...args: string[]) => call(baseline, ...args);
const save = (...more: string[]) => run('save', 'main', '--experiment', 'tiny', ...more);
const content = (): string => readFileSync(FILE, 'utf8');

async function pinned(): Promise<void> {
  place().writeExperiment();
  await place().record(5, seed => 0.12 + wobble(seed));
  expect(await save()).toMatchObject({ code: 0, text: `Saved: ${FILE}\n` });
}

test('holds every final figure by seed, hashes, thresholds, in a stable order', async () => {
  await pinned();
  const saved = JSON.parse(content());
  expect(Object.keys(saved)).toEqual(Object.keys(saved).sort());
  expect(saved).toMatchObject({ schema: 1, experiment: 'tiny', tier: 'ci', thresholds: [{ looks: [5, 10] }] });
  expect(Object.keys(saved.figures)).toEqual(['imagesPerSecond', 'test.top1']);
  expect(Object.keys(saved.figures['test.top1'].low)).toEqual(['1', '2', '3', '4', '5']);
  expect(saved.spec.low).toMatch(/^[0-9a-f]{64}$/);
  expect(saved.costs.low.parameters).toBeGreaterThan(1000);
});

test('of a checkout with changes only by force, which the file says; what bench writes is no change', async () => {
  await pinned();
  expect(JSON.parse(content())).toMatchObject({ commit: null, dirty: false });
  for (const path of ['nets.ts', 'notes.md']) writeFileSync(path, '');
  const repository = useAsRepository(process.cwd());
  expect((await run('save', 'clean', '--experiment', 'tiny')).code).toBe(0);
  expect(JSON.parse(readFileSync('baselines/clean.json', 'utf8'))).toMatchObject({ commit: repository, dirty: false });
  writeFileSync('odd name.ts', '');
  expect((await run('save', 'new', '--experiment', 'tiny')).code).toBe(0);
  expect(JSON.parse(readFileSync('baselines/new.json', 'utf8'))).toMatchObject({ commit: repository, dirty: true });
  for (const path of ['nets.ts', 'notes.md']) writeFileSync(path, 'changed');
  const refused = await run('save', 'next', '--experiment', 'tiny');
  expect(refused).toMatchObject({
    code: 2,
    error: expect.stringMatching(/got nets\.ts and 1 more that are not committed/),
  });
  expect(readdirSync('baselines')).toEqual(['clean.json', 'main.json', 'new.json']);
  expect((await run('save', 'next', '--experiment', 'tiny', '--force')).code).toBe(0);
  expect((await run('show', 'next')).text).toContain(`${repository}, with changes that are not committed`);
});

test('saving over one shows the difference and changes nothing without --force', async () => {
  await pinned();
  const before = content();
  await place().record(5, seed => 0.22 + wobble(seed));
  const refused = await save();
  expect(refused).toMatchObject({ code: 2, error: expect.stringMatching(/exists and was not changed\. Give --force/) });
  expect(refused.text).toMatch(/test\.top1 low +0\.1\d* \(5 seeds\) +0\.2\d* \(5 seeds\)/);
  expect(content()).toBe(before);
  expect((await save('--force')).code).toBe(0);
  expect(content()).not.toBe(before);
});

test('list, show, diff, promote and rm', async () => {
  await pinned();
  expect((await run('list')).text).toMatch(/main +tiny ci +2 +5 /);
  expect((await run('show', 'main')).text).toMatch(/test\.top1 +low +5 +0\.1/);
  expect((await run('promote', 'main', 'release')).code).toBe(0);
  expect((await run('diff', 'main', 'release')).text).toBe('No difference.\n');
  await place().record(5, seed => 0.3 + wobble(seed));
  await run('save', 'next', '--experiment', 'tiny');
  expect(JSON.parse((await run('diff', 'main', 'next', '--json')).text)).toHaveLength(2);
  expect((await run('promote', 'next', 'main')).code).toBe(2);
  expect((await run('promote', 'next', 'main', '--force')).code).toBe(0);
  expect(JSON.parse(content()).name).toBe('main');
  expect((await run('rm', 'release')).code).toBe(0);
  expect(readdirSync('baselines')).toEqual(['main.json', 'next.json']);
});

test.each<[string, (text: string) => string, RegExp]>([
  ['truncated', text => text.slice(0, 300), /expected JSON, got 300 characters that end too early/],
  ['edited', text => text.replace('0.1', '0.3'), /checksum does not match its content: it was edited by hand/],
  ['of a newer schema', text => text.replace('"schema": 1', '"schema": 9'), /expected schema 1, got the newer 9/],
  ['something else', () => '{}', /expected a baseline with a field "schema"/],
  ['a list', () => '[]', /expected an object/],
])('%s: one line, exit code 4, nothing overwritten', async (_what, change, line) => {
  await pinned();
  const damaged = change(content());
  writeFileSync(FILE, damaged);
  for (const answer of [await call(gate, 'tiny', '--baseline', 'main', '--no-run'), await save(), await run('list')]) {
    expect(answer.code).toBe(4);
    expect(answer.error).toMatch(line);
    expect(answer.error).not.toContain('\n');
  }
  expect(content()).toBe(damaged);
});

test('what cannot be pinned: too few seeds, a figure that is no number, a metric that no run has', async () => {
  place().writeExperiment();
  expect(await save()).toMatchObject({
    code: 4,
    error: expect.stringMatching(/got 0\. Run "npx bench run tiny --tier ci/),
  });
  await place().record(4, wobble);
  expect(await save()).toMatchObject({ code: 4, error: expect.stringMatching(/expected at least 5 seeds.*got 4/) });
  await place().record(5, seed => (seed === 2 ? 'NaN' : 0.1));
  expect((await save()).error).toMatch(
    /test\.top1 of low, seed 2: expected a finite figure, got NaN\. Nothing was saved/,
  );
  place().writeExperiment([{ metric: 'test.top9', direction: 'lower', margin: { absolute: 1 } }]);
  await place().record(5, wobble);
  expect((await save()).error).toMatch(
    /gate on test\.top9: no run has such a figure\. Known: imagesPerSecond, test\.top1/,
  );
  expect(readdirSync('.')).not.toContain('baselines');
});

test.each([
  [['svae'], /expected one of save, list, .*got "svae"/],
  [['constructor'], /expected one of save, list, .*got "constructor"/],
  [['diff', 'a'], /expected 2 names, got 1/],
  [['save', 'x'], /expected --experiment/],
  [['rm', 'x'], /unknown baseline "x"/],
  [['promote', 'x', '../y'], /unknown baseline "x"/],
])('%j is one line', async (args, line) => {
  expect(await run(...args)).toMatchObject({ code: 2, error: expect.stringMatching(line) });
});

test('a name that leads out of the folder is refused', async () => {
  await pinned();
  expect((await run('promote', 'main', '../out')).error).toMatch(/baseline "\.\.\/out" is refused/);
});

/** Gives the commit. */
function useAsRepository(folder: string): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  git('init', '-q');
  git('add', '-A');
  git('-c', 'user.name=test', '-c', 'user.email=test@example.org', 'commit', '-q', '-m', 'x');
  return git('rev-parse', 'HEAD');
}

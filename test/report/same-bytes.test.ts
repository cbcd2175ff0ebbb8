/** The same store gives the same bytes, whenever and wherever the report is made. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { planExperiment } from '../../src/runner/plan.ts';
import { newFolder } from '../new-folder.ts';
import { writeRuns } from './made-runs.ts';

const MAIN = resolve('dist/src/cli/main.js');
const folder = newFolder(afterAll);

const plan = await planExperiment(await loadExperiment('degradation-34'), {
  tier: 'quick',
  settings: [],
  execution: { threads: 2, device: 'cpu' },
});
writeRuns(join(folder, 'runs'), plan.cells);

/** A process whose clock is a year and some hours ahead. */
const LATER = `data:text/javascript,${encodeURIComponent(`
  const Now = Date, shift = 31_234_567_890;
  globalThis.Date = class extends Now {
    constructor(...values) { values.length > 0 ? super(...values) : super(Now.now() + shift); }
    static now() { return Now.now() + shift; }
  };`)}`;

async function makeReports(name: string, nodeOptions: readonly string[], zone: string): Promise<Map<string, Buffer>> {
  const out = join(folder, name);
  const env = { ...process.env, BENCH_DIR: folder, TZ: zone, LC_ALL: zone.startsWith('Asia') ? 'ja_JP.UTF-8' : 'C' };
  const bench = (...args: string[]) => promisify(execFile)(process.execPath, [...nodeOptions, MAIN, ...args], { env });
  const report = ['report', 'degradation-34'];
  await bench(...report, '--out', join(out, 'page.html'), '--figures', join(out, 'figures'));
  await bench(...report, '--format', 'pdf', '--out', join(out, 'paper.pdf'));
  await bench(...report, '--format', 'latex', '--out', join(out, 'table.tex'));
  await bench('report', '--all', '--pages', '--out', join(out, 'site', 'index.html'));
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return new Map(files.map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name))]));
}

test('two processes, a year and nine hours apart, write the same files', { timeout: 120_000 }, async () => {
  const now = await makeReports('now', [], 'UTC');
  const later = await makeReports('later', ['--import', LATER], 'Asia/Tokyo');
  expect([...later.keys()]).toEqual([...now.keys()]);
  expect([...now.keys()]).toEqual(
    expect.arrayContaining(['page.html', 'paper.pdf', 'table.tex', 'index.html', 'training-loss.pdf', 'effects.svg']),
  );
  expect([...now].filter(([name, bytes]) => !later.get(name)?.equals(bytes)).map(([name]) => name)).toEqual([]);
  expect(now.get('page.html')?.toString()).toContain('2 threads a cell, cpu');
  expect(now.get('index.html')?.toString()).toContain('<a href="degradation-34.html">');
  expect(now.get('degradation-34.html')?.equals(now.get('page.html') as Buffer)).toBe(true);
});

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { gatherHistory, type HistoryOptions, historyCommand } from '../../src/cli/nets/history.ts';
import { ownErrors } from '../../src/cli/nets/history-own.ts';
import { allNets } from '../../src/nets/index.ts';
import type { Measured } from '../../src/report/records/record.ts';
import { readRecord } from '../../src/report/records/record-file.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { newFolder } from '../new-folder.ts';
import { madeUpRecord } from '../report/made-up-record.ts';
import { heard } from './called.ts';

/** What it draws is tested elsewhere. */
vi.mock('../../src/cli/nets/draw.ts', () => ({
  drawAskedNets: async (_names: unknown, _nets: unknown, { out }: { out: string }) => writeFileSync(out, ''),
}));

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => void vi.restoreAllMocks());

async function run(options: HistoryOptions): Promise<string> {
  const { code, text } = await heard(() => historyCommand(options));
  expect(code).toBe(0);
  return text;
}

test('writes one file that asks no network for anything, and says where', async () => {
  const out = join(folder, 'new', 'page.html');
  expect(await run({ out })).toBe(`${out}\n`);
  const page = readFileSync(out, 'utf8');
  expect(page).toMatch(/^<!doctype html>/);
  const own = page.replace(/<script.*?<\/script>/gs, '');
  expect(own.match(/ (src|href|srcset)="(?!#)[^"]*"|<(link|img|iframe)\b|url\((?!#)/g)).toBeNull();
});

test('a place that cannot be written is one line', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(run({ out: join(file, 'page.html') })).rejects.toThrow(
    /file\/page\.html: the page cannot be written \(.*\)\. Name another file with --out\.$/,
  );
});

test('--json gives the rows: nets with our counts, figures with sources, the descent', async () => {
  const out = join(folder, 'page.html');
  const { nets, published, lineage, descent } = JSON.parse(await run({ out, json: true }));
  expect(existsSync(out)).toBe(false);
  expect(nets.map((net: { name: string }) => net.name).sort()).toEqual([...(await allNets()).keys()].sort());
  expect(nets.find((net: { name: string }) => net.name === 'vgg-a')).toMatchObject({
    depth: 11,
    parameters: 132_863_336,
  });
  expect(published.every((row: { source: string }) => row.source.length > 0)).toBe(true);
  expect(descent.length).toBeGreaterThanOrEqual(lineage.length - 1);
});

test('a net is linked to the drawing that stands beside the page, and no other is', async () => {
  writeFileSync(join(folder, 'alexnet.html'), '');
  const { nets } = await gatherHistory(folder);
  expect(nets.filter(net => net.drawing !== null).map(net => [net.name, net.drawing])).toEqual([
    ['alexnet', 'alexnet.html'],
  ]);
});

test('--drawings draws every net, and the page leads to each', async () => {
  const out = join(folder, 'page.html');
  await run({ out, drawings: true });
  const page = readFileSync(out, 'utf8');
  for (const name of (await allNets()).keys()) expect(page).toContain(`<a href="${name}.html">${name}</a>`);
});

test('an experiment stands at the nets of its arms', async () => {
  const { nets } = await gatherHistory(folder);
  const users = nets.filter(net => net.experiments.some(({ id }) => id === 'degradation-34')).map(({ name }) => name);
  expect(users).toEqual(['resnet-18', 'resnet-34']);
});

describe('records', () => {
  const record = madeUpRecord();

  beforeEach(() => {
    mkdirSync(join(folder, 'reports/records'), { recursive: true });
    vi.spyOn(process, 'cwd').mockReturnValue(folder);
  });
  const write = (text: string) => writeFileSync(join(folder, 'reports/records/degradation-34.json'), text);

  test('a record gives its verdict to the nets, and its claims to the page', async () => {
    write(JSON.stringify(record));
    const { nets, claims } = await gatherHistory(folder);
    const experiments = nets.find(({ name }) => name === 'resnet-34')?.experiments;
    expect(experiments?.find(({ id }) => id === 'degradation-34')).toMatchObject({ verdict: 'confirmed' });
    expect(claims.filter(({ experiment }) => experiment === 'degradation-34')).toEqual([
      expect.objectContaining({ verdict: 'confirmed', effect: 0.2, interval: [0.1, 0.3], unit: 'nats' }),
    ]);
  });

  test.each([
    ['{', /degradation-34\.json: is no JSON/],
    [JSON.stringify({ ...record, verdict: 'maybe' }), /degradation-34\.json: field verdict: expected .*, got "maybe"/],
  ])('a broken record is one line: %s', (text, expected) => {
    write(text);
    expect(() => readRecord('degradation-34')).toThrow(expected);
  });

  test('no record, no verdict', () => {
    expect(readRecord('never-run')).toBeNull();
  });
});

test('errors of a record stand with the counts of the nets that made them; arms that are gone or lack a seed do not', async () => {
  const figures = { 'test.top1': { 'plain-18': [0.2, 0.22, 0.24], 'plain-34': [0.3, null, 0.3], 'gone-18': [0.1] } };
  const record = { ...madeUpRecord(), measured: { tier: 'quick', figures } as unknown as Measured };
  const errors = await ownErrors(await loadExperiment('degradation-34'), record);
  expect(errors).toEqual([
    expect.objectContaining({ arm: 'plain-18', net: 'resnet-18', dataset: 'Fashion-MNIST', seeds: 3, depth: 18 }),
  ]);
  expect(errors[0]?.error).toBeCloseTo(0.22, 12);
  expect(errors[0]?.parameters).toBe(181_562);
  expect(await ownErrors(await loadExperiment('degradation-34'), madeUpRecord())).toEqual([]);
});

/** The history's data, its charts as specifications, its drawing as a graph, and the page in a browser. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatherHistory } from '../../src/cli/nets/history.ts';
import { costCharts, paretoFront } from '../../src/report/history/cost-charts.ts';
import { ENTRIES, HUMAN } from '../../src/report/history/entries.ts';
import { depthChart, yearChart } from '../../src/report/history/error-charts.ts';
import { DESCENT, LINEAGE, renderHistory } from '../../src/report/history/index.ts';
import { placeLabels } from '../../src/report/history/label-places.ts';
import { layOutLineage } from '../../src/report/history/lineage-layout.ts';
import { type OwnError, ownCharts } from '../../src/report/history/own-charts.ts';
import { publishedFigures } from '../../src/report/history/published.ts';
import { createBibliography, readSource } from '../../src/report/history/works.ts';
import { newFolder } from '../new-folder.ts';
import { openPage, useBrowser, violations } from './opened-page.ts';
import { compiled } from './vega-lite.ts';

const history = await gatherHistory('');
const { nets } = history;
const names = new Set(nets.map(net => net.name));
const figures = publishedFigures(nets);
const SHARED = { experiment: 'made-up', dataset: 'Fashion-MNIST', tier: 'quick', seeds: 5 };
const own: OwnError[] = [
  {
    ...SHARED,
    arm: 'a',
    net: 'vgg-a',
    error: 0.15,
    interval: [0.14, 0.16],
    depth: 11,
    parameters: 910_666,
    macs: 8.8e6,
  },
  { ...SHARED, arm: 'd', net: 'vgg-d', error: 0.17, interval: null, depth: 16, parameters: 1.25e6, macs: 18e6 },
  ...['MNIST', 'MNIST, test digits shifted', 'MNIST, test digits deformed', 'CIFAR-10 (JPEG copy)'].map(dataset => ({
    ...SHARED,
    arm: 'f',
    net: 'lenet-5',
    dataset,
    error: 0.03,
    interval: null,
    depth: 5,
    parameters: 6e4,
    macs: 4e5,
  })),
];
const charts = [yearChart(figures), depthChart(figures), ...costCharts(figures), ...ownCharts(figures, own)];

describe('published figures', () => {
  test('every source names a work that is listed', () => {
    for (const { source } of [...ENTRIES, ...LINEAGE, HUMAN])
      expect(readSource(source), source).toMatchObject({ known: true });
    expect(figures.filter(({ source }) => source === '')).toEqual([]);
  });

  test('none stands twice, and those of nets are the ones that the nets state', () => {
    const keys = figures.map(({ name, error, models, set, views }) => [name, error, models, set, views].join(' '));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    for (const { name, family, top5 } of nets) {
      const same = figures.filter(figure => figure.family === family && figure.error === top5?.error);
      if (top5) expect(same, name).not.toEqual([]);
    }
  });

  test('entries name nets of the registry, errors are shares, one net is measured on val', () => {
    for (const { name, net, error, models, set, year } of ENTRIES) {
      if (net !== undefined) expect(names, name).toContain(net);
      expect(error, name).toBeGreaterThan(0.02);
      expect(error, name).toBeLessThan(0.3);
      expect(year, name).toBeGreaterThanOrEqual(2010);
      if (models === 1) expect(set, name).toBe('val');
    }
  });

  test('the best figure of each year of the test set, and who was first in it', () => {
    const winners = figures.filter(({ won }) => won).map(({ year, error }) => [year, error]);
    expect(winners).toEqual([
      [2010, 0.282],
      [2011, 0.258],
      [2012, 0.164],
      [2012, 0.153],
      [2013, 0.117],
      [2014, 0.0667],
      [2015, 0.0357],
      [2016, 0.0299],
      [2017, 0.0225],
    ]);
  });

  test('a single net whose views are known is in the cost charts, at our counts', () => {
    const alexnet = charts[2]?.tableRows.find(row => row.net === 'alexnet');
    expect(alexnet).toMatchObject({ x: 60.965224, kind: 'ten crops', percent: 18.2 });
    const stated = nets.filter(({ top5, family }) => top5?.models === 1 && family !== 'zfnet');
    const drawn = new Set(charts[2]?.tableRows.map(row => row.net));
    const aliases = new Set(nets.filter(({ name }) => name.startsWith('residual-')).map(({ name }) => name));
    expect(stated.filter(({ name }) => !drawn.has(name) && !aliases.has(name)).map(({ name }) => name)).toEqual([]);
  });
});

describe('charts', () => {
  test.each(charts)('$chart.name', ({ spec, about, description, columns, tableRows }) => {
    compiled(spec);
    expect(about).toMatch(/\.$/);
    expect(description).not.toMatch(/NaN|undefined|null/);
    expect(Object.keys(tableRows[0] ?? {})).toEqual(expect.arrayContaining(columns.map(({ key }) => key)));
  });

  test('marks of unlike kinds look unlike, and errors by year and depth are joined by no line', () => {
    for (const { spec } of charts.slice(0, 2)) {
      const text = JSON.stringify(spec);
      expect(text).not.toMatch(/"type":"(line|trail|area)"/);
      const encoding = (spec.layer as { encoding: Record<string, { scale?: { range: string[] } }> }[]).at(-2)?.encoding;
      const looks = encoding?.shape?.scale?.range.map((shape, i) => `${shape} ${encoding.fill?.scale?.range[i]}`) ?? [];
      expect(looks.length).toBeGreaterThan(3);
      expect(new Set(looks).size).toBe(looks.length);
    }
  });

  test('our errors stand beside the published ones, each kind with a mark of its own, and without records there are none', () => {
    expect(ownCharts(figures, [])).toEqual([]);
    for (const { chart, tableRows } of charts.slice(-3)) {
      expect(chart.name).toMatch(/^own-error-by-(depth|parameters|macs)$/);
      const kinds = new Set(tableRows.map(({ kind }) => kind));
      expect(kinds).toContain('ours: Fashion-MNIST, top-1');
      expect(kinds).toContain('ours: MNIST, top-1');
      expect([...kinds].filter(kind => String(kind).startsWith('published'))).toHaveLength(1);
      expect(tableRows.length).toBeGreaterThan(own.length + 8);
    }
    const [byDepth, byParameters] = charts.slice(-3);
    expect(byDepth?.tableRows.find(({ name }) => name === 'vgg-d, d')).toMatchObject({ x: 16, error: 17, spread: '–' });
    expect(byParameters?.tableRows.find(({ name }) => name === 'vgg-a, a')).toMatchObject({
      x: 0.910666,
      spread: '14.0 to 16.0',
    });
  });

  test('a Pareto front keeps what nothing cheaper beats', () => {
    const rows = [
      { x: 2, error: 8 },
      { x: 1, error: 9 },
      { x: 3, error: 8.5 },
      { x: 4, error: 5 },
      { x: 4, error: 6 },
    ];
    expect(paretoFront(rows).map(({ x, error }) => [x, error])).toEqual([
      [1, 9],
      [2, 8],
      [4, 5],
    ]);
  });
});

describe('places of names', () => {
  test('names touch neither marks nor each other nor what is to be avoided', () => {
    const points = [50, 56, 62].map(x => ({ x, y: 50, text: 'name' }));
    const places = placeLabels(points, [200, 100], [[0, 40, 200, 42]]);
    expect(places[0]).toMatchObject({ align: 'right', dy: 0 });
    expect(new Set(places.map(place => JSON.stringify(place))).size).toBe(3);
  });

  test('no room, no name', () => {
    expect(placeLabels([{ x: 10, y: 10, text: 'much too long' }], [40, 20])).toEqual([null]);
  });
});

describe('the descent', () => {
  test('each name is a net of the registry or declared as outside, and stands once', () => {
    const all = LINEAGE.map(({ name }) => name);
    expect(new Set(all).size).toBe(all.length);
    expect(LINEAGE.filter(({ name, outside }) => !outside && !names.has(name))).toEqual([]);
    for (const { from, to } of DESCENT) expect(all).toEqual(expect.arrayContaining([from, to]));
  });

  test('nothing is taken over from later; the graph is connected, and so acyclic within a year too', () => {
    const year = (name: string): number => LINEAGE.find(node => node.name === name)?.year ?? Number.NaN;
    for (const { from, to } of DESCENT) expect(year(from)).toBeLessThanOrEqual(year(to));
    const reached = new Set<string>();
    const visit = (name: string, path: readonly string[]): void => {
      expect(path).not.toContain(name);
      reached.add(name);
      for (const { to } of DESCENT.filter(({ from }) => from === name)) visit(to, [...path, name]);
    };
    visit('perceptron', []);
    expect(reached.size).toBe(LINEAGE.length);
  });

  test('laid out: no two boxes overlap, no arrow points upwards, lines fit their boxes', async () => {
    const { boxes, arrows, width, height } = await layOutLineage(nets);
    for (const [i, a] of boxes.entries()) {
      expect(a.x + a.width).toBeLessThanOrEqual(width);
      expect(a.y + a.height).toBeLessThanOrEqual(height);
      for (const b of boxes.slice(i + 1)) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart, `${a.node.name} ${b.node.name}`).toBe(true);
      }
    }
    expect(arrows.length).toBe(DESCENT.length);
    for (const { points } of arrows) expect(points.at(-1)?.y).toBeGreaterThan(points[0]?.y ?? Number.NaN);
    expect(boxes.find(({ node }) => node.name === 'alexnet')?.facts).toBe('2012 · 8 layers · 61.0 M parameters');
  });
});

test('sources are numbered at their first mention; the longest short form wins', () => {
  const { cite, list } = createBibliography();
  expect(cite('He et al. 2015b, abstract')).toEqual({ number: 1, place: 'abstract' });
  expect(cite('He et al. 2015, table 4')).toEqual({ number: 2, place: 'table 4' });
  expect(cite('He, Zhang, Ren & Sun 2015, arXiv:1512.03385').number).toBe(2);
  expect(list()[0]).toContain('Delving Deep into Rectifiers');
});

/** How many legends reach out of their charts. It runs in the browser. */
const outsiders = (legends: Element[]): number =>
  legends.filter(legend => {
    const [own, chart] = [legend, legend.closest('.chart') as Element].map(one => one.getBoundingClientRect()) as [
      DOMRect,
      DOMRect,
    ];
    return own.top < chart.top || own.left < chart.left || own.right > chart.right;
  }).length;

describe('the page', () => {
  const folder = newFolder(afterAll);
  const path = join(folder, 'history.html');
  const browser = useBrowser();
  beforeAll(async () => {
    writeFileSync(path, await renderHistory({ ...history, errors: own, generatedAt: new Date(0) }));
  });

  const open = (width: number, colorScheme: 'light' | 'dark') => openPage(browser(), path, { width, colorScheme });

  test.each([
    [1280, 'light'],
    [400, 'dark'],
  ] as const)('at %i px, %s: drawn, no complaint, nothing overflows, accessible', async (width, scheme) => {
    const { page, complaints } = await open(width, scheme);
    for (const chart of await page.locator('.chart').all()) {
      expect(await chart.locator('svg .mark-symbol path').count()).toBeGreaterThan(8);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await page.locator('.chart .role-legend').evaluateAll(outsiders)).toBe(0);
    expect(complaints).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test('every net has its row, every number its source, every drawing its link', async () => {
    const { page } = await open(1280, 'light');
    const rows = await page.locator('.nets tbody th').allTextContents();
    expect(rows.sort()).toEqual([...names].sort());
    const broken = await page
      .locator('a[href^="#"]')
      .evaluateAll(
        links => links.filter(link => !link.ownerDocument.querySelector(link.getAttribute('href') as string)).length,
      );
    expect(broken).toBe(0);
    const text = await page.locator('#own + p').textContent();
    expect(text).toContain(history.claims.length === 0 ? 'No experiment of this project has a record yet' : 'Effects');
    await page.close();
  });

  test('a click on a head sorts, a second turns round, nets without a value stay last', async () => {
    const { page } = await open(1280, 'light');
    const head = page.locator('.nets th', { has: page.getByRole('button', { name: 'Top-5, %' }) });
    const values = async () => (await page.locator('.nets td:nth-child(7)').allTextContents()).map(Number);
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    const rising = (await values()).filter(Number.isFinite);
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect((await values()).slice(0, rising.length)).toEqual(rising.toReversed());
    await page.close();
  });
});

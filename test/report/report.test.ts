import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { plainText } from '../../src/core/plain-text.ts';
import { allCharts } from '../../src/report/chart-folder.ts';
import { renderReport, writeReport } from '../../src/report/index.ts';
import { newFolder } from '../new-folder.ts';
import { inventResults, verdictsOf } from './example-results.ts';
import { type Look, type Opened, openPage, useBrowser, violations } from './opened-page.ts';

const folder = newFolder(afterAll);
const browser = useBrowser();

const open = (path: string, look?: Look): Promise<Opened> => openPage(browser(), path, look);

describe('a report in a browser', async () => {
  const path = join(folder, 'report.html');
  const results = await inventResults();
  await writeReport(results, path);
  const drawn = (await allCharts()).filter(chart => chart.rows(results).length > 0).length;

  test.each([
    { width: 1280, colorScheme: 'light' as const },
    { width: 400, colorScheme: 'dark' as const },
  ])('at $width px, $colorScheme: every chart is drawn, nothing complains, nothing overflows', async look => {
    const { page, complaints } = await open(path, look);
    await page.evaluate('for (const one of document.querySelectorAll("details.folded")) one.open = true');
    await page.locator(`html[data-drawn="${drawn}"]`).waitFor();
    const charts = await page.locator('.chart').all();
    expect(charts.length).toBe(drawn);
    for (const chart of charts) {
      expect(
        await chart
          .locator('svg .mark-line path, svg .mark-rule line, svg .mark-rect path, svg .mark-symbol path')
          .count(),
      ).toBeGreaterThan(0);
      const box = await chart.locator('svg').boundingBox();
      expect(box?.width).toBeLessThanOrEqual(look.width);
      expect(box?.height).toBeGreaterThan(100);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the verdict stands on top, in words', async () => {
    const { page } = await open(path);
    const text = await page.locator('.verdict').textContent();
    expect(text?.trim()).toMatch(/^✓ Confirmed: going from 18 to 34 layers costs the plain net more/);
    expect(text).toMatch(/Effect0\.\d+ nats95 % interval0\.\d+ to 0\.\d+ natsMargin0\.050 natsSign-flip p0\.063Seeds5/);
    await page.close();
  });

  test('lines carry the names of their arms, and no two names touch', async () => {
    const { page } = await open(path);
    const names = page.locator('#chart-training-loss svg .mark-text text').filter({ hasText: /-\d\d$/ });
    expect((await names.allTextContents()).sort()).toEqual(['plain-18', 'plain-34', 'residual-18', 'residual-34']);
    const boxes = await Promise.all((await names.all()).map(name => name.boundingBox()));
    const tops = boxes.map(box => box?.y ?? 0).sort((a, b) => a - b);
    for (const [i, top] of tops.slice(1).entries()) expect(top - (tops[i] as number)).toBeGreaterThanOrEqual(13);
    await page.close();
  });

  test('headings descend one level at a time; tables have captions; header cells say what they head', async () => {
    const { page } = await open(path);
    const levels = await page.locator('h1, h2, h3').evaluateAll(all => all.map(one => Number(one.tagName.slice(1))));
    expect(levels[0]).toBe(1);
    for (const [i, level] of levels.slice(1).entries()) expect(level - (levels[i] as number)).toBeLessThanOrEqual(1);
    expect(await page.locator('table:not(:has(caption))').count()).toBe(0);
    expect(await page.locator('th:not([scope])').count()).toBe(0);
    for (const chart of await page.locator('.chart').all()) {
      expect(await chart.getAttribute('aria-label')).toMatch(/\.$/);
    }
    await page.close();
  });

  test('page and charts follow the scheme', async () => {
    const { page } = await open(path);
    const look = () =>
      page.evaluate(
        `[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.querySelector('#chart-training-loss .mark-line path')).stroke]`,
      );
    const light = await look();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await look();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(light).toEqual(['rgb(255, 255, 255)', expect.stringMatching(/^rgb/)]);
    expect(dark).toEqual(['rgb(21, 24, 28)', expect.stringMatching(/^rgb/)]);
    expect((dark as string[])[1]).not.toBe((light as string[])[1]);
    expect(await look()).toEqual(light);
    await page.close();
  });

  test.each([
    ['CSV', 'effects.csv', /^claim,seed,value,low,high\ninteraction,1,/],
    ['Vega-Lite', 'effects.vl.json', /"\$schema": "https:\/\/vega\.github\.io\/schema\/vega-lite\/v6\.json"/],
    ['SVG', 'effects.svg', /^<svg (?!.*var\()/s],
    ['PNG', 'effects.png', /^\ufffdPNG/],
  ])('hands out a chart as %s', async (label, name, content) => {
    const { page } = await open(path);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .locator('figure')
        .first()
        .getByRole('button', { name: `as ${label}` })
        .click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    expect(readFileSync(await download.path(), 'utf8')).toMatch(content);
    await page.close();
  });

  test('single seeds appear on demand', async () => {
    const { page } = await open(path);
    const figure = page.locator('figure', { has: page.locator('#chart-training-loss') });
    const visible = () =>
      figure
        .locator('svg .mark-line path')
        .evaluateAll(paths => paths.filter(path => path.getAttribute('opacity') !== '0').length);
    const before = await visible();
    await figure.getByRole('checkbox', { name: 'Show each seed' }).check();
    await expect.poll(visible).toBe(before + 20);
    await page.close();
  });
});

describe('what a reader may change', async () => {
  const path = join(folder, 'toggles.html');
  await writeReport(await inventResults(), path);

  test('every control of a chart is reached by keyboard and says its name; the axis and its title follow', async () => {
    const { page, complaints } = await open(path);
    const figure = page.locator('figure', { has: page.locator('#chart-training-loss') });
    const controls = figure.locator('.bindings input, .bindings select');
    const names = await controls.evaluateAll(all => all.map(one => one.closest('label')?.textContent?.trim()));
    expect(names).toEqual(['Show each seed', expect.stringMatching(/^By/), 'Log across', 'Log upwards']);
    await controls.first().focus();
    for (let at = 1; at < 4; at++) {
      await page.keyboard.press('Tab');
      expect(await controls.nth(at).evaluate(one => one === one.ownerDocument.activeElement)).toBe(true);
    }
    const ticks = () => figure.locator('svg .role-axis-label text').allTextContents();
    const linear = await ticks();
    await page.keyboard.press('Space');
    await expect.poll(ticks).not.toEqual(linear);
    await figure.getByRole('combobox').selectOption({ label: 'FLOPs' });
    await expect.poll(() => figure.locator('svg .role-title-text').textContent()).toMatch(/^FLOPs of training/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the epochs of a curve are its steps times the batch over the training images', async () => {
    const { page } = await open(path);
    const figure = page.locator('figure', { has: page.locator('#chart-training-loss') });
    await figure.getByRole('combobox').selectOption({ label: 'epoch' });
    const ticks = () => figure.locator('svg .role-axis-label text').allTextContents();
    // 480 steps of 64 of 60,000 images: 0.512 epochs.
    await expect.poll(async () => (await ticks()).includes('0.5')).toBe(true);
    expect(await ticks()).not.toContain('0.6');
    await page.close();
  });

  test('a heading sorts its column by figures, and again the other way', async () => {
    const { page } = await open(path);
    const arms = () => page.locator('table.arms tbody th').allTextContents();
    const heading = page.locator('table.arms').getByRole('button', { name: 'Training loss' });
    await heading.focus();
    await page.keyboard.press('Enter');
    const rising = await arms();
    expect(rising.at(-1)).toBe('plain-34');
    await page.keyboard.press('Enter');
    expect(await arms()).toEqual(rising.toReversed());
    expect(await page.locator('th[aria-sort="descending"]').count()).toBe(1);
    await page.close();
  });

  test('Tab walks through all that can be used, in the order of the page, with a visible focus each time, and out', async () => {
    const { page } = await open(path);
    const visited: unknown[] = [];
    const usable = await page.evaluate<number>(`(${markUsable})()`);
    for (let step = 0; step <= usable; step++) {
      await page.keyboard.press('Tab');
      visited.push(await page.evaluate(`(${describeFocus})()`));
    }
    expect(usable).toBeGreaterThan(80);
    expect(visited).toEqual([...Array.from({ length: usable }, (_, i) => `${i} seen`), 'left']);
    await page.close();
  });

  test('what is folded away is drawn when it is opened', async () => {
    const { page } = await open(path);
    expect(await page.locator('#chart-noise svg').count()).toBe(0);
    await page.locator('summary', { has: page.locator('#noise') }).focus();
    await page.keyboard.press('Enter');
    await page.locator('#chart-noise svg .mark-symbol path').first().waitFor();
    await page.close();
  });
});

/** In the page: numbers what a keyboard should reach. */
const markUsable = `() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')];
  const shown = all.filter(one => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0);
  shown.forEach((one, i) => { one.dataset.usable = i; });
  return shown.length;
}`;
const describeFocus = `() => {
  const one = document.activeElement;
  if (one === null || one === document.body) return 'left';
  const box = one.getBoundingClientRect();
  const inSight = box.bottom > 0 && box.top < innerHeight && getComputedStyle(one).outlineStyle !== 'none';
  return one.dataset.usable + (inSight ? ' seen' : ' not seen: ' + one.outerHTML.slice(0, 80));
}`;

test('one seed an arm: charts without intervals are drawn all the same, and nothing complains', async () => {
  const path = join(folder, 'one-seed.html');
  await writeReport(await inventResults({ seeds: 1, decides: false }), path);
  const { page, complaints } = await open(path);
  expect(await page.locator('#chart-error-parameters svg .mark-symbol path').count()).toBe(4);
  expect(complaints).toEqual([]);
  await page.close();
});

test('on a telephone the claims show all their figures without scrolling to the side', async () => {
  const path = join(folder, 'cards.html');
  await writeReport(await inventResults(), path);
  const { page } = await open(path, { width: 400 });
  const region = page.getByRole('region', { name: 'Claims: table' });
  expect(await region.evaluate(one => one.scrollWidth - one.clientWidth)).toBe(0);
  const label = (name: string) =>
    region
      .locator(`[data-label="${name}"]`)
      .first()
      .evaluate(one => getComputedStyle(one, '::before').content);
  expect(await label('Interval')).toBe('"Interval"');
  await page.close();
});

test.each([
  ['markup', '<img src=x onerror="alert(1)">'],
  ['10,000 characters', 'x'.repeat(10_000)],
  ['emoji', '👩🏽‍🔬🇩🇪'],
  ['right to left', '\u202eשלום'],
  ['expressions', "'] || alert(1) || ['"],
])('arms of hostile names stay text: %s', async (_, name) => {
  const results = await inventResults({ seeds: 3 });
  const rename = <T extends { arm: string }>(one: T): T => (one.arm === 'plain-34' ? { ...one, arm: name } : one);
  const path = join(folder, 'hostile.html');
  await writeReport(
    {
      ...results,
      arms: results.arms.map(arm => (arm === 'plain-34' ? name : arm)),
      runs: results.runs.map(run => ({ ...rename(run), levels: { ...run.levels, kind: `${name} kind` } })),
      curves: results.curves.map(rename),
      ...(results.costs && { costs: results.costs.map(rename) }),
    },
    path,
  );
  const { page, complaints } = await open(path, { width: 400 });
  expect(await page.locator('table.arms tbody th').allTextContents()).toContain(plainText(name));
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
  await page.close();
});

test('whatever the data say, they stay text', async () => {
  const evil = '<script>document.title = "broken into"</script><img src=x onerror="alert(1)">';
  const path = join(folder, 'evil.html');
  await writeReport(
    await inventResults({ change: { title: evil, question: evil, limits: [`</style>${evil}`] } }),
    path,
  );
  const { page, complaints } = await open(path);
  expect(await page.title()).toBe(evil);
  expect(await page.locator('h1').textContent()).toBe(evil);
  expect(complaints).toEqual([]);
  await page.close();
});

test('an inconclusive report says what would decide, and missing cells are in plain sight', async () => {
  const results = await inventResults({ seeds: 5, decides: false });
  const path = join(folder, 'open.html');
  const failed = {
    ...(results.runs[3] as (typeof results.runs)[number]),
    state: 'failed' as const,
    reason: 'diverged: the training loss is NaN at step 17',
    step: 17,
  };
  await writeReport({ ...results, runs: [...results.runs.slice(0, 3), failed, ...results.runs.slice(5)] }, path);
  const { page } = await open(path);
  const text = await page.locator('main').textContent();
  expect(text).toMatch(/\? Inconclusive:/);
  expect(text).toContain('By design: this tier is too short to decide. What would decide it: the quick tier.');
  expect(text).toContain('npx bench run degradation-34 --tier quick');
  expect(text).toContain('Of 20 cells 1 failed or broke off, 1 is missing.');
  expect(text).toContain('plain-18, seed 4: failed at step 17 of 480: diverged: the training loss is NaN at step 17');
  expect(await page.getByRole('cell', { name: '! missing' }).count()).toBe(1);
  await page.close();
});

test.each([
  ['more seeds', { strength: 0.12, seeds: 5 }, /the interval reaches over the margin.*about \d+ seeds.*--seeds \d+/is],
  ['the missing cells', { seeds: 5, missing: true }, /only 4 of 5 seeds.*the missing cells/is],
])('an inconclusive report names what would decide: %s', async (_, options, expected) => {
  const results = await inventResults(options);
  const runs = 'missing' in options ? results.runs.slice(1) : results.runs;
  const verdicts = verdictsOf({ ...results, runs }, true);
  const path = join(folder, 'why.html');
  await writeReport({ ...results, runs, verdicts }, path);
  const { page } = await open(path);
  expect(await page.locator('.verdict').textContent()).toMatch(expected);
  await page.close();
});

test('without any run there is still a page', async () => {
  const results = await inventResults({ seeds: 0 });
  const path = join(folder, 'empty.html');
  await writeReport(results, path);
  const { page, complaints } = await open(path);
  expect(await page.locator('.verdict').textContent()).toContain('Inconclusive');
  expect(complaints).toEqual([]);
  await page.close();
});

test('a place that cannot be written: one line, and the results are kept', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  await expect(writeReport(await inventResults({ seeds: 1 }), join(file, 'x.html'))).rejects.toThrow(
    /a-file\/x\.html: cannot be written \(.*\)\. The results are kept/,
  );
});

test.runIf(process.platform === 'linux')('a place where no folder can be made is told at once', async () => {
  const results = await inventResults({ seeds: 1 });
  await expect(writeReport(results, '/proc/no/x.html')).rejects.toThrow(/^\/proc\/no\/x\.html: cannot be written/);
});

test('folders on the way are made', async () => {
  const path = join(folder, 'one', 'two', 'x.html');
  await writeReport(await inventResults({ seeds: 1 }), path);
  expect(readFileSync(path, 'utf8')).toMatch(/^<!doctype html>/);
});

test('the same results give the same page, below 2 MB', async () => {
  const [first, second] = await Promise.all([1, 2].map(async () => renderReport(await inventResults())));
  expect(first === second).toBe(true);
  expect(first?.length).toBeLessThan(2e6);
});

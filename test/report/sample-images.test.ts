import { expect, test } from 'vitest';
import { sampleImages } from '../../src/report/sections/sample-images.ts';
import { inventResults } from './example-results.ts';

test('each image has its class and its best classes, the right one marked, all of it escaped', async () => {
  const { text } = sampleImages(await inventResults()) ?? { text: '' };
  expect(text).toContain('Drawn were 1 from those that it gets wrong and 1 from the others');
  expect(text.match(/<img src="data:image\/png;base64,/g)?.length).toBe(3);
  expect(text).toContain('<li class="right" style="--share: 80.0%"><span>Trouser ✓</span><span>80.0 %</span></li>');
  expect(text).toContain('<li style="--share: 70.0%"><span>Shirt &lt;b&gt;</span><span>70.0 %</span></li>');
  expect(text).toContain('<li class="right" style="--share: 30.0%"><span>Coat ✓</span>');
});

test('the hardest images say of how many seeds; an own class that is not among the best has the last line', async () => {
  const { text } = sampleImages(await inventResults()) ?? { text: '' };
  expect(text).toContain('The test images of fashion-mnist of which residual-34 makes the least of their own class');
  expect(text).toContain('the mean loss of its 2 seeds');
  expect(text).toContain('<span>99.0 %</span></li><li class="right" style="--share: 0.4%"><span>Coat ✓</span>');
});

test('without test images there is no section', async () => {
  expect(sampleImages({ ...(await inventResults()), testSet: null })).toBeNull();
});

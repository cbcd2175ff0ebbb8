import { expect, test } from 'vitest';
import { sampleImages } from '../../src/report/sections/sample-images.ts';
import { inventResults } from './example-results.ts';

test('each image has its class and its best classes, the right one marked, all of it escaped', async () => {
  const { text } = sampleImages(await inventResults()) ?? { text: '' };
  expect(text).toContain('1 from those that it gets wrong and 1 from the others');
  expect(text.match(/<img src="data:image\/png;base64,/g)?.length).toBe(2);
  expect(text).toContain('<li class="right" style="--share: 80.0%"><span>Trouser ✓</span><span>80.0 %</span></li>');
  expect(text).toContain('<li style="--share: 70.0%"><span>Shirt &lt;b&gt;</span><span>70.0 %</span></li>');
  expect(text).toContain('<li class="right" style="--share: 30.0%"><span>Coat ✓</span>');
});

test('without test images there is no section', async () => {
  expect(sampleImages({ ...(await inventResults()), testSet: null })).toBeNull();
});

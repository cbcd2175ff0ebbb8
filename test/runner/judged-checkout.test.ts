import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/core/places.ts';
import { judgedCheckout } from '../../src/runner/judged-checkout.ts';
import { Repository } from '../git-repository.ts';
import { newFolder } from '../new-folder.ts';

test('a project of its own is judged, also where it has no package.json', () => {
  for (const files of [{ 'nets/a.ts': '' }, { 'package.json': '{"name": "mine"}' }]) {
    const { folder } = new Repository(files);
    expect(judgedCheckout(folder)).toBe(folder);
  }
});

test('anywhere else it is our package: in it, outside git, in another clone of it', () => {
  const outside = newFolder();
  const clone = new Repository({ 'package.json': '{"name": "convbench"}' });
  mkdirSync(join(clone.folder, 'docs'));
  for (const folder of [packageRoot, join(packageRoot, 'docs'), outside, join(clone.folder, 'docs')])
    expect(judgedCheckout(folder)).toBe(packageRoot);
});

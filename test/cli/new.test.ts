import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import newFile from '../../src/cli/commands/new.ts';
import { netTemplate } from '../../src/cli/new-net.ts';
import type { NetDefinition } from '../../src/core/net.ts';
import { countNet, describeNet } from '../../src/nets/index.ts';
import { call } from './gate-place.ts';

test('a new net can be counted in both of its forms', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'new-net-'));
  const path = join(folder, 'my-net.ts');
  writeFileSync(path, netTemplate('my-net').replace("'./_stack.ts'", `'${resolve('src/nets/_stack.ts')}'`));
  try {
    const { default: nets } = (await import(pathToFileURL(path).href)) as { default: NetDefinition[] };
    const [net] = nets as [NetDefinition];
    expect(net).toMatchObject({ name: 'my-net', family: 'my-net' });
    expect(countNet(describeNet(net, {})).parameters).toBeGreaterThan(1e6);
    const small = describeNet(net, { form: 'small' }, { shape: [28, 28, 1], classes: 10 });
    expect(small.layers.at(-1)?.output).toEqual([10]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  [['net', 'alexnet'], /^net alexnet is there already/],
  [['experiment', 'degradation-34'], /^experiment degradation-34 is there already/],
  [['net', 'My_Net'], /expected a name of lower-case letters, digits and dashes, got "My_Net"/],
])('%j is refused in one line, and nothing is written', async (args, message) => {
  expect(await call(newFile, ...args)).toMatchObject({ code: 2, error: expect.stringMatching(message) });
});

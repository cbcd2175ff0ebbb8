/** better-sqlite3's addon on the Node that runs; `npm run test:nodes` runs this on several. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/core/places.ts';
import { hasObjectHooks, withoutObjectHooks } from '../../src/engine/provision/object-wrap.ts';

const modules = join(packageRoot, 'node_modules');

test('what set-up made has no hooks on its objects', () => {
  const addon = readFileSync(join(modules, 'better-sqlite3/build/Release/better_sqlite3.node'));
  expect(hasObjectHooks(addon)).toBe(false);
  expect(hasObjectHooks(Buffer.concat([addon, Buffer.from('_ZN4node28RemoveEnvironmentCleanupHookE')]))).toBe(true);
});

test('statements may be collected at any time', async () => {
  const script = join(import.meta.dirname, 'processes/drop-statements.ts');
  const { stdout } = await execa(process.execPath, [join(modules, 'jiti/lib/jiti-cli.mjs'), script]);
  expect(stdout).toBe('alive');
});

test('objects lose their hooks, and the addon keeps its own', async () => {
  const source =
    '#include <node.h>\n#include <node_object_wrap.h>\nvoid start() { AddEnvironmentCleanupHook(stop); }\n';
  const seen = (await preprocess(withoutObjectHooks(source))).replaceAll(/\s+/g, ' ');
  expect(seen).toContain('struct ObjectWrap { ObjectWrap() { LeaveOutHook(0); } ~ObjectWrap() { LeaveOutHook(0); } };');
  expect(seen).toContain('void start() { AddEnvironmentCleanupHook(stop); }');
});

/** What the compiler sees, with two headers in the form of those of Node 24.19. */
async function preprocess(source: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-headers-'));
  try {
    writeFileSync(join(folder, 'node.h'), '#pragma once\n');
    writeFileSync(
      join(folder, 'node_object_wrap.h'),
      '#pragma once\nstruct ObjectWrap { ObjectWrap() { AddEnvironmentCleanupHook(0); } ~ObjectWrap() { RemoveEnvironmentCleanupHook(0); } };\n',
    );
    const { stdout } = await execa('c++', ['-E', '-P', '-x', 'c++', '-I', folder, '-'], { input: source });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

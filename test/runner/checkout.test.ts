import { existsSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/core/ids.ts';
import { REDACTED } from '../../src/core/secrets.ts';
import { checkoutProvenance } from '../../src/runner/checkout.ts';
import { diffCode } from '../../src/runner/code-diff.ts';
import { relevantVariables } from '../../src/runner/provenance.ts';
import { checkOutSource } from '../../src/runner/source-tree.ts';
import { removeWorktree } from '../../src/runner/worktree.ts';
import { Repository } from '../git-repository.ts';
import { newFolder } from '../new-folder.ts';
import { shapedSecrets } from '../secrets.ts';

const FILES = { 'src/a.ts': 'export const a = 1;\n', 'package-lock.json': '{}\n', '.gitignore': 'out/\n' };
const RUN = 'abc123abc123';

test('a clean checkout: its commit and lockfile, no patch', () => {
  const repository = new Repository(FILES);
  expect(checkoutProvenance(repository.folder)).toEqual({
    commit: repository.git('rev-parse', 'HEAD').trim(),
    dirty: false,
    patch: null,
    patchHash: null,
    lockfileHash: sha256('{}\n'),
  });
});

test('outside git there is no commit, and nothing fails', () => {
  const folder = newFolder();
  expect(checkoutProvenance(folder)).toEqual({
    commit: null,
    dirty: false,
    patch: null,
    patchHash: null,
    lockfileHash: null,
  });
});

test('changes and new sources make a patch that gives the same code again; index and settings of the user do not matter', () => {
  const repository = new Repository({ ...FILES, 'src/gone.ts': 'x\n' });
  for (const setting of ['diff.noprefix', 'diff.mnemonicPrefix', 'color.ui']) repository.git('config', setting, 'true');
  repository.write({
    'src/a.ts': 'export const a = 2;\n',
    'src/new näme.ts': 'export const b = 1;\n',
    'src/staged.ts': 'staged\n',
    'out/ignored.ts': 'ignored\n',
    'results.csv': 'no source\n',
  });
  rmSync(join(repository.folder, 'src/gone.ts'));
  repository.git('add', 'src/staged.ts');
  const status = repository.git('status', '--porcelain');
  const code = { ...checkoutProvenance(join(repository.folder, 'src')), codeHash: '' };
  expect(repository.git('status', '--porcelain')).toBe(status);
  expect(code).toMatchObject({ dirty: true, patch: { redacted: 0, leftOut: [] } });

  const tree = join(newFolder(), 'tree');
  checkOutSource(repository.folder, tree, { run: RUN, code, patch: code.patch?.text ?? null });
  for (const file of ['src/a.ts', 'src/new näme.ts', 'src/staged.ts']) {
    expect(readFileSync(join(tree, file), 'utf8')).toBe(readFileSync(join(repository.folder, file), 'utf8'));
  }
  for (const file of ['src/gone.ts', 'out/ignored.ts', 'results.csv']) expect(existsSync(join(tree, file))).toBe(false);
  removeWorktree(repository.folder, tree);
  expect(existsSync(tree)).toBe(false);
  expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
});

test('what is left out is named with its reason: binary, too large, made for secrets', () => {
  const repository = new Repository({ ...FILES, 'image.bin': Buffer.from([0, 1, 2]) });
  repository.write({
    'image.bin': Buffer.from([0, 1, 3]),
    'src/a.ts': `${'// a long line of text that changes\n'.repeat(9000)}`,
    'src/huge.ts': 'x'.repeat(200_000),
    '.env': 'A=1\n',
    'deploy.pem': 'x\n',
    'src/small.ts': 'kept\n',
  });
  const { patch } = checkoutProvenance(repository.folder);
  expect(patch?.leftOut).toEqual([
    '.env (may hold secrets)',
    'deploy.pem (may hold secrets)',
    'src/huge.ts (200000 bytes)',
    'image.bin (binary)',
    'src/a.ts (the patch has more than 262144 bytes)',
  ]);
  expect(patch?.text).toContain('+kept');
  expect(patch?.bytes).toBe(Buffer.byteLength(patch?.text ?? ''));
});

test('a change in the moment after a commit is in the patch', async () => {
  const repository = new Repository(FILES);
  // Nothing but its bytes tells that the file was changed: size and times are as they were.
  repository.git('config', 'core.trustctime', 'false');
  const momentOfCommit = new Date(Date.now() + 200);
  const write = (content: string): void => {
    repository.write({ 'src/a.ts': content });
    utimesSync(join(repository.folder, 'src/a.ts'), momentOfCommit, momentOfCommit);
  };
  write('export const a = 2;\n');
  repository.commit();
  write('export const a = 3;\n');
  await delay(1300); // git's builds may know whole seconds only
  expect(checkoutProvenance(repository.folder).patch?.text).toContain('+export const a = 3;');
});

test('no planted secret is in the patch, wherever it stands', () => {
  const planted = fc.sample(fc.tuple(...Object.values(shapedSecrets)), { numRuns: 3, seed: 7 }).flat();
  const repository = new Repository({ ...FILES, 'src/old.ts': planted.map(word => `'${word}'\n`).join('') });
  repository.write({
    'src/a.ts': planted.map((word, i) => `const x${i} = '${word}';\n`).join(''),
    'src/old.ts': 'removed\n',
    'src/new.yaml': `password: hunter2hunter\nurl: https://me:hunter2hunter@example.org\n${planted.join('\n')}\n`,
    [`src/${planted[4]}.ts`]: 'a secret in a name\n',
  });
  const { patch } = checkoutProvenance(repository.folder);
  for (const word of [...planted, 'hunter2hunter']) expect(JSON.stringify(patch)).not.toContain(word);
  expect(patch?.redacted).toBeGreaterThanOrEqual(3 * planted.length);
});

test('of the environment only what matters is kept, and no secret of it', () => {
  fc.assert(
    fc.property(fc.oneof(...Object.values(shapedSecrets)), fc.stringMatching(/^[a-z]{12,20}$/), (shaped, word) => {
      const kept = relevantVariables({
        OMP_NUM_THREADS: '1',
        CUDA_VISIBLE_DEVICES: '0',
        HOME: '/home/me',
        AWS_SECRET_ACCESS_KEY: shaped,
        BENCH_TOKEN: word,
        TF_API_KEY: word,
        TF_FLAGS: `--x=1 --password=${word} ${shaped}`,
        BENCH_MIRROR: `https://user:${word}@example.org/simple`,
      });
      expect(JSON.stringify(kept)).not.toContain(shaped);
      expect(JSON.stringify(kept)).not.toContain(word);
      expect(kept).toMatchObject({ OMP_NUM_THREADS: '1', CUDA_VISIBLE_DEVICES: '0', BENCH_TOKEN: REDACTED });
      expect(Object.keys(kept)).not.toContain('HOME');
    }),
    { numRuns: 300, seed: 11 },
  );
});

test('the code of two runs as one patch, without a trace in the repository', () => {
  const repository = new Repository(FILES);
  const first = repository.git('rev-parse', 'HEAD').trim();
  repository.write({ 'src/b.ts': 'b\n' });
  const second = repository.commit();
  repository.write({ 'src/a.ts': 'export const a = 3;\n' });
  const patch = checkoutProvenance(repository.folder).patch?.text ?? '';
  const objects = repository.git('count-objects');
  const diff = diffCode(
    { run: 'one', commit: first, patch: null },
    { run: 'two', commit: second, patch },
    repository.folder,
  );
  expect(diff).toMatchObject({ ok: true, patch: expect.stringMatching(/\+export const a = 3;[\s\S]*\+b\n/) });
  expect(repository.git('count-objects')).toBe(objects);
  const same = { run: 'x', commit: second, patch };
  expect(diffCode(same, { ...same, run: 'y' }, repository.folder)).toEqual({ ok: true, patch: '' });
  expect(diffCode(same, { ...same, commit: 'deadbeefdead' }, repository.folder)).toEqual({
    ok: false,
    why: 'commit deadbeefdead of run x is not in this checkout',
  });
});

test('each refusal to check out is one line, and leaves no worktree', () => {
  const repository = new Repository(FILES);
  const commit = repository.git('rev-parse', 'HEAD').trim();
  const code = { commit, dirty: true, patchHash: null, codeHash: '', lockfileHash: null };
  const patch = '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-something else\n+x\n';
  const outside = '--- /dev/null\n+++ b/../../outside.ts\n@@ -0,0 +1 @@\n+x\n';
  const cases: [Partial<typeof code> & { patch?: object }, string | null, RegExp][] = [
    [{ commit: 'f'.repeat(40) }, null, /^commit ffffffffffff of run abc123abc123 is not in .*: fetch it/],
    [{ commit: null as unknown as string }, null, /states no commit/],
    [{ commit: '--upload-pack=evil' }, null, /states no commit/],
    [{}, null, /made with changes that are not committed, and its record does not hold them/],
    [{}, patch, /the patch of run abc123abc123 does not apply to its commit: .*src\/a\.ts/],
    [{ patch: { redacted: 2, leftOut: [], bytes: 1 } }, patch, /kept without 2 places that look like secrets/],
    [{}, outside, /does not apply to its commit: invalid path/],
  ];
  for (const [changes, text, message] of cases) {
    const tree = join(newFolder(), 'tree');
    const state = { run: RUN, code: { ...code, ...changes }, patch: text };
    expect(() => checkOutSource(repository.folder, tree, state as Parameters<typeof checkOutSource>[2])).toThrow(
      message,
    );
    expect(existsSync(tree)).toBe(false);
  }
  expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
});

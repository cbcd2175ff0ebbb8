import { expect, test } from 'vitest';
import { commitsBetween } from '../../src/runner/commits.ts';
import { Repository } from '../git-repository.ts';

const commit = (repository: Repository, text: string): string => {
  repository.write({ a: text });
  return repository.commit();
};

test('oldest first, without the good one, with the bad one; a merge counts as one', () => {
  const repository = new Repository({ a: '0' });
  const good = repository.git('rev-parse', 'HEAD').trim();
  const first = commit(repository, '1');
  repository.git('checkout', '-q', '-b', 'side');
  repository.write({ b: 'side' });
  repository.commit();
  repository.git('checkout', '-q', 'main');
  const second = commit(repository, '2');
  repository.git('merge', '-q', '--no-ff', '-m', 'merge: two words', 'side');
  const merge = repository.git('rev-parse', 'HEAD').trim();
  expect(commitsBetween(repository.folder, good, merge)).toEqual([
    { hash: first, subject: 'x' },
    { hash: second, subject: 'x' },
    { hash: merge, subject: 'merge: two words' },
  ]);
});

test('a good commit that does not come before the bad one is one line', () => {
  const repository = new Repository({ a: '0' });
  const older = repository.git('rev-parse', 'HEAD').trim();
  const newer = commit(repository, '1');
  const line = /expected the good commit to come before the bad one, but [0-9a-f]{12} is no ancestor of [0-9a-f]{12}/;
  expect(() => commitsBetween(repository.folder, newer, older)).toThrow(line);
  expect(() => commitsBetween(repository.folder, newer, newer)).toThrow(line);
});

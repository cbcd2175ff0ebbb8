import { expect, test } from 'vitest';
import type { Json } from '../../src/core/ids.ts';
import { attempt, end, finishedRun, point } from '../tracking/events.ts';
import { bench, newPlace, type Place, writeJournal } from '../tracking/journals.ts';

const stated = (cpu: string) =>
  ({
    type: 'provenance',
    time: 1,
    provenance: {
      code: {
        commit: 'c0ffee',
        dirty: true,
        patch: {
          text: 'diff --git a/x b/x\n+new \u001b[31mline\n',
          bytes: 30,
          redacted: 1,
          leftOut: ['big.ts (9 bytes)'],
        },
      },
      machine: { cpu },
      command: 'bench run x',
    } as unknown as Json,
  }) as const;

function filledPlace(): Place {
  const place = newPlace();
  const first = finishedRun('a00000000001', {}, stated('one'));
  const second = [attempt('a00000000001', { attempt: 2, fromStep: 3 }), stated('two'), point(4), end()];
  writeJournal(place, 'a00000000001', [...first, ...second]);
  writeJournal(place, 'b00000000001', finishedRun('b00000000001', { seed: 2 }));
  return place;
}

test('for people: hashes, every group, configuration, what attempts differ in, and the patch, made plain', async () => {
  const { stdout, stderr, code } = await bench(filledPlace(), 'show', 'a', '--provenance');
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  for (const line of [
    /^ {2}spec +spec-1$/m,
    /^code\n {2}commit +c0ffee$/m,
    /^ {2}patch\.redacted +1$/m,
    /^ {2}patch\.leftOut +\["big\.ts \(9 bytes\)"\]$/m,
    /^machine\n {2}cpu +two$/m,
    /^ {2}optimiser\.rate +0\.1$/m,
    /^not the same in all attempts\n {2}machine\.cpu +one → two$/m,
    /^patch against the commit\ndiff --git a\/x b\/x\n\+new \\x1b\[31mline$/m,
  ]) {
    expect(stdout).toMatch(line);
  }
});

test('as JSON, the patch to be applied as it is', async () => {
  const { stdout } = await bench(filledPlace(), 'show', 'a', '--provenance', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    run: 'a00000000001',
    hashes: { spec: 'spec-1', code: 'code-1', data: 'data-1' },
    configuration: { 'optimiser.rate': 0.1 },
    provenance: { machine: { cpu: 'two' }, code: { patch: { redacted: 1 } } },
    differences: [{ what: 'machine.cpu', values: ['one', 'two'] }],
    patch: 'diff --git a/x b/x\n+new \u001b[31mline\n',
  });
});

test('a list of runs and the page of one do not carry the patch', async () => {
  const place = filledPlace();
  for (const args of [
    ['list', '--json'],
    ['show', 'a', '--json'],
    ['show', 'a'],
  ]) {
    const { stdout, code } = await bench(place, ...args);
    expect(code).toBe(0);
    expect(stdout).toContain('a00000000001');
    expect(stdout).not.toContain('diff --git');
  }
});

test('a run that states none says so in one line', async () => {
  const { stderr, code } = await bench(filledPlace(), 'show', 'b', '--provenance');
  expect(code).toBe(4);
  expect(stderr).toMatch(/^bench: run b00000000001 states no provenance: .*\n$/);
});

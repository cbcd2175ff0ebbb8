import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import baseline from '../../src/cli/commands/baseline.ts';
import gate from '../../src/cli/commands/gate.ts';
import { asCommand, call } from './called.ts';
import { lintWorkflow, schemaErrors } from './ci-files.ts';
import { useGatePlace, wobble } from './gate-place.ts';

const place = useGatePlace();
const init = asCommand(gate, 'init');
const save = (name: string) => call(baseline, 'save', name, '--experiment', 'tiny');

describe('bench gate init', () => {
  beforeEach(async () => {
    place().writeExperiment();
    await place().record(5, wobble);
  });

  test('a GitHub workflow that actionlint and its schema accept', async () => {
    await save('main');
    const { code, text } = await call(init);
    expect(code, text).toBe(0);
    const file = readFileSync('.github/workflows/bench-gate.yml', 'utf8');
    expect(file).toContain('npx bench gate tiny --baseline main --junit gate.xml');
    expect(file).not.toMatch(/EXPERIMENT|BASELINE/);
    expect(await lintWorkflow(file)).toEqual([]);
    expect(schemaErrors('github-workflow', file)).toEqual([]);
  });

  test('a GitLab job that its schema accepts, and the line that includes it', async () => {
    await save('main');
    expect((await call(init, '--ci', 'gitlab')).text).toContain('- local: .gitlab/bench-gate.yml');
    const file = readFileSync('.gitlab/bench-gate.yml', 'utf8');
    expect(file).toContain('npx bench gate tiny --baseline main --junit gate.xml');
    expect(schemaErrors('gitlab-ci', file)).toEqual([]);
  });

  test('never over a file that exists, but with --force', async () => {
    await save('main');
    await call(init);
    writeFileSync('.github/workflows/bench-gate.yml', 'mine\n');
    expect(await call(init)).toMatchObject({ code: 2, error: expect.stringMatching(/exists and was not changed/) });
    expect(readFileSync('.github/workflows/bench-gate.yml', 'utf8')).toBe('mine\n');
    expect((await call(init, '--force')).code).toBe(0);
    expect(readFileSync('.github/workflows/bench-gate.yml', 'utf8')).toContain('bench gate tiny');
  });

  test('not where nothing says what is tolerated', async () => {
    place().writeExperiment([]);
    await place().record(5, wobble);
    await save('main');
    expect(await call(init)).toMatchObject({
      code: 2,
      error: expect.stringMatching(/^tiny: no threshold\. Say "gate:/),
    });
    expect(existsSync('.github')).toBe(false);
    place().writeExperiment();
    expect((await call(init)).code).toBe(0);
  });

  test('which baseline must be clear', async () => {
    expect(await call(init)).toMatchObject({ code: 4, error: expect.stringMatching(/nothing in baselines\//) });
    await save('main');
    await save('other name');
    expect((await call(init)).error).toMatch(/expected --baseline, one of main, other name/);
    expect((await call(init, '--baseline', 'other name')).error).toMatch(/expected a name of letters/);
    expect((await call(init, '--baseline', 'nain')).error).toMatch(/Did you mean "main"/);
  });
});

describe('the project’s own files', () => {
  test('action.yml', () => {
    expect(schemaErrors('github-action', readRepository('action.yml'))).toEqual([]);
  });

  test('the workflow', async () => {
    const file = readRepository('.github/workflows/bench-gate.yml');
    expect(await lintWorkflow(file)).toEqual([]);
    expect(schemaErrors('github-workflow', file)).toEqual([]);
  });

  test('the checks can fail', async () => {
    const broken = readRepository('.github/workflows/bench-gate.yml').replace('runs-on:', 'run-on:');
    expect(await lintWorkflow(broken)).not.toEqual([]);
    expect(schemaErrors('github-workflow', broken)).not.toEqual([]);
    expect(schemaErrors('github-action', 'name: x\nruns: { using: composite }\n')).not.toEqual([]);
    expect(schemaErrors('gitlab-ci', 'job:\n  scripts: [ls]\n')).not.toEqual([]);
  });
});

const readRepository = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

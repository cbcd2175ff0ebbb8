/** The Python writer against the page that states the bytes, our encoder, and the recorder. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOf } from '../../src/core/ids.ts';
import { encodeFrame, type JournalEvent } from '../../src/core/journal.ts';
import { packageRoot } from '../../src/core/places.ts';
import { trackedCell } from '../../src/core/tracked-cell.ts';
import { judgeClaim } from '../../src/stats/index.ts';
import { curves, latestRuns, listRuns, runDetail, valuesByArm } from '../../src/tracking/queries.ts';
import { shapedSecrets } from '../secrets.ts';
import { newPlace, openAll, type Place } from '../tracking/journals.ts';

const FOLDER = join(packageRoot, 'python');
const env = (place?: Place): NodeJS.ProcessEnv => ({
  ...process.env,
  PYTHONPATH: FOLDER,
  PYTHONDONTWRITEBYTECODE: '1',
  ...(place && { BENCH_DIR: place.dir }),
});

function python(code: string, input = '', place?: Place) {
  mkdirSync(place?.dir ?? '.', { recursive: true });
  const { stdout, stderr, status } = spawnSync('python3', ['-c', code], {
    input,
    env: env(place),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { stdout, stderr, status };
}

function recorded(place: Place) {
  const { store, recorder } = openAll(place);
  expect(recorder.ingestAll().problems).toEqual([]);
  return store;
}

const encodeInPython = (events: readonly unknown[]): Buffer[] => {
  const code = `import json, sys, convbench_journal as j
for line in sys.stdin: print(j.encode_frame(json.loads(line)).hex())`;
  const { stdout, stderr } = python(code, events.map(event => `${JSON.stringify(event)}\n`).join(''));
  expect(stderr).toBe('');
  return stdout
    .split('\n')
    .slice(0, -1)
    .map(hex => Buffer.from(hex, 'hex'));
};

test('it gives the bytes of every example in docs/journal.md', () => {
  const page = readFileSync(join(packageRoot, 'docs/journal.md'), 'utf8');
  const blocks = (language: string) =>
    [...page.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(match => match[1]);
  const events = blocks('json').map(json => JSON.parse(json as string));
  expect(events.length).toBeGreaterThan(2);
  expect(encodeInPython(events)).toEqual(
    blocks('hex').map(hex => Buffer.from((hex as string).replace(/\s+/g, ''), 'hex')),
  );
});

test('equal events give equal bytes in both languages', () => {
  const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false });
  const samples = fc.sample(fc.record({ step: fc.maxSafeNat(), cell: json }), 300);
  const events = samples.map(({ step, cell }) => ({ type: 'cell', time: 1, step, cell }) as unknown as JournalEvent);
  expect(encodeInPython(events)).toEqual(events.map(encodeFrame));
});

test('every number is written as JavaScript writes it', () => {
  const edges = [
    0,
    -0,
    1,
    100,
    1e15,
    2 ** 53,
    1e16,
    1.5e16,
    1e20,
    1e21,
    1.234e21,
    0.1,
    1e-6,
    1e-7,
    1.5e-7,
    5e-324,
    1.7976931348623157e308,
  ];
  const numbers = [
    ...edges,
    ...edges.map(x => -x),
    ...fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), 5000),
  ];
  const bits = Buffer.alloc(8 * numbers.length);
  numbers.forEach((number, i) => {
    bits.writeDoubleLE(number, 8 * i);
  });
  const code = `import sys, struct, convbench_journal as j
data = bytes.fromhex(sys.stdin.read())
for (value,) in struct.iter_unpack("<d", data): print(j.to_json(value))`;
  const { stdout, stderr } = python(code, bits.toString('hex'));
  expect(stderr).toBe('');
  expect(stdout.split('\n').slice(0, -1)).toEqual(numbers.map(number => JSON.stringify(number)));
});

test('the cell of a run is the one that the TypeScript API makes', () => {
  const code = `import json, convbench_journal as j
print(j.to_json(j.tracked_cell("0123456789ab", "short cuts é", "plain", 3, "first", {"rate": 0.1, "steps": 7}, ["a"], {"depth": "34"}, None)))`;
  const cell = trackedCell({
    run: '0123456789ab',
    experiment: 'short cuts é',
    arm: 'plain',
    seed: 3,
    name: 'first',
    config: { rate: 0.1, steps: 7 },
    tags: ['a'],
    levels: { depth: '34' },
  });
  expect(python(code).stdout.trim()).toBe(JSON.stringify(cell));
  expect(cell.specHash).toBe(hashOf({ tracked: 'short cuts é' }));
});

test('a run is recorded with curves, figures, configuration and artifact', () => {
  const place = newPlace();
  const code = `from convbench_journal import Run
with Run("shortcuts", arm="plain", seed=2, config={"optimiser": {"rate": 0.1, "api_key": "hunter2"}}, tags=["torch"]) as run:
    run.log({"train.loss": float("nan")})
    run.log({"train.loss": float("-inf"), "test.top1": 1})
    run.log({"train.loss": 0.1 + 0.2}, 9)
    run.artifact("weights/last.pt", b"weights")
    run.summary({"test.top1": 0.25})
    print(run.folder)`;
  const { stdout, stderr } = python(code, '', place);
  expect(stderr).toBe('');
  const store = recorded(place);
  const [run] = listRuns(store);
  expect(run).toMatchObject({ experiment: 'shortcuts', arm: 'plain', seed: 2, state: 'finished', step: 9 });
  expect(run?.metrics).toEqual({ 'test.top1': 0.25, 'train.loss': 0.1 + 0.2 });
  const [curve] = curves(store, { runs: [run?.id ?? ''], metrics: ['train.loss'] });
  expect(curve?.points).toEqual([
    [1, Number.NaN],
    [2, Number.NEGATIVE_INFINITY],
    [9, 0.1 + 0.2],
  ]);
  const detail = runDetail(store, run?.id ?? '');
  expect(detail.params).toMatchObject({ 'optimiser.rate': 0.1, 'optimiser.api_key': '[redacted]' });
  expect(detail.artifacts).toMatchObject([{ name: 'weights/last.pt', path: 'artifacts/weights/last.pt', bytes: 7 }]);
  expect(readFileSync(join(stdout.trim(), 'artifacts/weights/last.pt'), 'utf8')).toBe('weights');
});

test.each([
  [
    'an exception inside with',
    'with Run("e") as run:\n    run.log({"loss": 1.0})\n    raise ValueError("too\\nbad")',
    'failed',
    'too bad',
  ],
  [
    'an exception nobody catches',
    'run = Run("e")\nrun.log({"loss": 1.0})\nraise ValueError("too bad")',
    'failed',
    'too bad',
  ],
  ['no word at all', 'run = Run("e")\nrun.log({"loss": 1.0})', 'finished', null],
  [
    'sys.exit(0) inside with',
    'import sys\nwith Run("e") as run:\n    run.log({"loss": 1.0})\n    sys.exit(0)',
    'finished',
    null,
  ],
  ['Ctrl-C', 'with Run("e") as run:\n    run.log({"loss": 1.0})\n    raise KeyboardInterrupt', 'killed', 'SIGINT'],
])('%s', (_what, body, state, reason) => {
  const place = newPlace();
  python(`from convbench_journal import Run\n${body}`, '', place);
  expect(listRuns(recorded(place))).toMatchObject([{ state, reason, step: 1 }]);
});

test.each([
  ['a text as a value', 'run.log({"loss": "1"})', 'loss: expected a number, got str'],
  ['a negative step', 'run.log({"loss": 1.0}, -1)', 'step: expected a whole number of at least 0, got -1'],
  ['an artifact above its folder', 'run.artifact("../x", b"")', 'artifact: expected a name'],
  ['a seed that is none', 'Run("e", seed="1")', 'seed: expected a whole number'],
  ['no name', 'Run("")', 'experiment: expected a name'],
  ['levels that are none', 'Run("e", levels="deep")', 'levels: expected a dict, got str'],
  ['tags in one text', 'Run("e", tags="abc")', 'tags: expected a list of texts'],
  ['nothing to log', 'run.log(None)', 'log: expected numbers by name'],
  ['a list as a summary', 'run.summary([1])', 'summary: expected numbers by name'],
  ['a number beyond 64 bits', 'run.log({"loss": 10 ** 400})', 'loss: expected a number of 64 bits'],
  ['a descriptor as an artifact', 'run.artifact("x", 0)', 'artifact: expected a path or bytes, got int'],
  ['an end that is none', 'run.finish("over")', 'finish: expected one of'],
  ['a reason that is none', 'run.finish("failed", 5)', 'finish: reason: expected a text'],
])('%s is refused in one line', (_what, call, message) => {
  const place = newPlace();
  const { stderr } = python(`from convbench_journal import Run\nrun = Run("e")\n${call}`, '', place);
  expect(stderr.trim().split('\n').at(-1)).toContain(`convbench_journal.JournalError: `);
  expect(stderr).toContain(message);
});

test('a configuration is written without what has the shape of a secret', () => {
  const place = newPlace();
  const named = Object.entries(shapedSecrets).filter(([name]) => !name.startsWith('base64'));
  const planted = fc.sample(fc.tuple(...named.map(([, secret]) => secret)), { numRuns: 3, seed: 5 }).flat();
  const config = JSON.stringify({ notes: planted, url: 'https://me:hunter2@host/x', data: 'cifar-10' });
  const { stderr } = python(
    `import sys, json\nfrom convbench_journal import Run\nRun("e", config=json.load(sys.stdin))`,
    config,
    place,
  );
  expect(stderr).toBe('');
  const [folder = ''] = readdirSync(place.runs);
  const journal = readFileSync(join(place.runs, folder, 'journal'), 'utf8');
  expect(journal).toContain('"url":"https://[redacted]@host/x"');
  expect(journal).toContain('"data":"cifar-10"');
  expect(planted.filter(secret => journal.includes(secret))).toEqual([]);
});

test('kill -9 loses no step that log returned from, while the run lives it is running', async () => {
  const place = newPlace();
  const code = `from convbench_journal import Run
run = Run("e")
step = 0
while True:
    step += 1
    run.log({"loss": 1 / step}, step)
    print(step, flush=True)`;
  const child = spawn('python3', ['-c', code], { env: env(place), stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  await new Promise<void>(resolve =>
    child.stdout.on('data', data => {
      said += data;
      if (said.includes('\n500\n')) resolve();
    }),
  );
  const store = recorded(place);
  expect(listRuns(store)).toMatchObject([{ state: 'running' }]);
  child.kill('SIGKILL');
  await new Promise(resolve => child.once('close', resolve));
  const { recorder } = openAll(place);
  recorder.ingestAll();
  const [run] = listRuns(store);
  const [curve] = curves(store, { runs: [run?.id ?? ''] });
  const steps = new Set(curve?.points.map(([step]) => step));
  expect(
    said
      .split('\n')
      .slice(0, -1)
      .filter(step => !steps.has(Number(step))),
  ).toEqual([]);
  expect(run?.state).not.toBe('running');
});

test('the example trains two arms on five seeds, and the statistics take them', () => {
  const place = newPlace();
  const { stderr, status } = spawnSync('python3', [join(FOLDER, 'example.py')], { env: env(place), encoding: 'utf8' });
  expect([stderr, status]).toEqual(['', 0]);
  const runs = latestRuns(recorded(place), 'momentum', 'tracked');
  expect(runs.map(run => [run.arm, run.seed, run.state])).toEqual(
    ['momentum', 'plain'].flatMap(arm => [1, 2, 3, 4, 5].map(seed => [arm, seed, 'finished'])),
  );
  const claim = {
    id: 'momentum-helps',
    kind: 'superiority',
    statement: 'Momentum lowers the loss.',
    metric: 'train.loss',
    unit: '',
    contrast: { plain: 1, momentum: -1 },
    margin: 0,
    published: '',
  } as const;
  const verdict = judgeClaim(claim, valuesByArm(runs, 'train.loss'), { decides: true, plannedSeeds: [1, 2, 3, 4, 5] });
  expect(verdict.outcome).toBe('confirmed');
});

test('a folder of runs that it did not make is left alone, and files are private', () => {
  const place = newPlace();
  python('from convbench_journal import Run\nRun("e").finish()', '', place);
  const [folder = ''] = readdirSync(place.runs);
  expect(existsSync(join(place.runs, folder, 'journal'))).toBe(true);
  expect(readdirSync(join(place.runs, folder))).toEqual(['journal']);
});

test('it is Python 3.8', () => {
  const files = ['convbench_journal.py', 'convbench_mlflow.py', 'example.py'].map(name => join(FOLDER, name));
  const code = `import ast, sys
for path in ${JSON.stringify(files)}: ast.parse(open(path).read(), path, feature_version=(3, 8))`;
  expect(python(code)).toEqual({ stdout: '', stderr: '', status: 0 });
});

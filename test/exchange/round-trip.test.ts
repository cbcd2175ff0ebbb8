import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { type ExportFormat, exportRuns } from '../../src/exchange/export.ts';
import { importRuns } from '../../src/exchange/import.ts';
import { runDetail } from '../../src/tracking/queries.ts';
import { newPlace } from '../tracking/journals.ts';
import { contentOf, VALUES } from './content.ts';
import { recorded, writeRuns } from './made-up.ts';

const python = 'python3';

async function exported(format: ExportFormat, values?: readonly number[]) {
  const place = newPlace();
  const ids = writeRuns(place, values);
  const store = recorded(place);
  const out = join(place.dir, 'out');
  const summary = await exportRuns(store, ids, { format, out, python });
  return { place, store, ids, out, summary, content: contentOf(store) };
}

describe.each(['jsonl', 'csv', 'tensorboard'] as const)('%s', format => {
  test('what was exported comes back the same into another store', async () => {
    const { out, summary, content, ids } = await exported(format);
    expect(summary).toEqual({ runs: 4, points: 4 * (2 * VALUES.length + 1) });
    const other = newPlace();
    expect(await importRuns(out, { format, python, dir: other.dir })).toMatchObject({
      runs: ids,
      points: summary.points,
    });
    expect(contentOf(recorded(other))).toEqual(content);
  });

  test('how a run came about is told in the other store', async () => {
    const { out, ids } = await exported(format);
    const other = newPlace();
    await importRuns(out, { format, python, dir: other.dir });
    const { provenance } = runDetail(recorded(other), ids[0] as string);
    expect(provenance).toMatchObject({
      import: { format },
      history: {
        attempts: [{ attempt: 1, endState: 'finished' }],
        provenance: { code: { commit: 'c0ffee' } },
        artifacts: [{ name: 'plot', sha256: 'a'.repeat(64), bytes: 12 }],
      },
    });
  });

  test('a second import changes nothing', async () => {
    const { out, ids, place } = await exported(format);
    const before = readdirSync(place.runs);
    expect(await importRuns(out, { format, python, dir: place.dir })).toMatchObject({
      runs: [],
      present: ids,
      points: 0,
    });
    expect(readdirSync(place.runs)).toEqual(before);
  });

  test('any 64 bits come back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double(), { minLength: 1, maxLength: 50 }), async given => {
        const values = given.map(value => value + 0);
        const { out, content } = await exported(format, values);
        const other = newPlace();
        await importRuns(out, { format, python, dir: other.dir });
        expect(contentOf(recorded(other))).toEqual(content);
      }),
      { numRuns: 10 },
    );
  });

  test('--experiment files them anew, under ids of their own if they had none of ours', async () => {
    const { out } = await exported(format);
    const other = newPlace();
    await importRuns(out, { format, python, dir: other.dir, experiment: 'copy' });
    expect(contentOf(recorded(other)).map(run => run.experiment)).toEqual(['copy', 'copy', 'copy', 'copy']);
  });
});

test('parquet: another reader finds every value, step and time', async () => {
  const { out, content } = await exported('parquet');
  const rows = async (name: string) =>
    parquetReadObjects({ file: await asyncBufferFromFile(join(out, `${name}.parquet`)) });
  const points = content.flatMap(run => run.points.map(point => ({ run: run.id, ...point })));
  expect(await rows('points')).toEqual(
    points.map(point => ({ ...point, step: BigInt(point.step), time: new Date(point.time) })),
  );
  expect(await rows('runs')).toMatchObject(
    content.map(({ id, arm, seed, state, config }) => ({
      id,
      arm,
      seed: BigInt(seed),
      state,
      config: JSON.stringify(config),
    })),
  );
  const figures = content.flatMap(run =>
    Object.entries(run.metrics).map(([metric, value]) => ({ run: run.id, metric, value })),
  );
  expect(await rows('metrics')).toEqual(figures);
});

test('parquet: more rows than one group', async () => {
  const place = newPlace();
  const ids = writeRuns(
    place,
    Array.from({ length: 40_000 }, (_, i) => 1 / (i + 1)),
  );
  const store = recorded(place);
  const out = join(place.dir, 'out');
  const { points } = await exportRuns(store, ids, { format: 'parquet', out, python });
  const file = await asyncBufferFromFile(join(out, 'points.parquet'));
  const rows = await parquetReadObjects({ file, columns: ['value'] });
  expect(rows).toHaveLength(points);
  expect(rows.at(-1)?.value).toBe(1 / 40_000);
});

test('a folder with files is not written to', async () => {
  const { store, ids, out } = await exported('csv');
  const before = readFileSync(join(out, 'points.csv'));
  await expect(exportRuns(store, ids, { format: 'csv', out, python })).rejects.toThrow(/expected an empty folder/);
  expect(readFileSync(join(out, 'points.csv'))).toEqual(before);
});

test('a Python without MLflow is told in one line', async () => {
  const { store, ids, place } = await exported('csv');
  const options = { format: 'mlflow' as const, out: join(place.dir, 'mlflow') };
  await expect(exportRuns(store, ids, { ...options, python: '/nowhere/python' })).rejects.toThrow(
    /MLflow's client.*ENOENT/,
  );
});

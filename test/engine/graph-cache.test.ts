import { chmodSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileProgram } from '../../src/engine/compiled-program.ts';
import { cachedGraph } from '../../src/engine/graph-cache.ts';
import type { ProgramSpec } from '../../src/engine/program.ts';
import { useTemporaryCache } from '../data/made-up.ts';
import { tf } from './tensorflow.ts';

const MOST_GRAPHS = 100;
const GRAPH = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const { cache } = useTemporaryCache();

const folder = (): string => join(cache(), 'graphs');
const pathOf = (key: string): string => join(folder(), `${key}.graph`);

/** The graph of `key`, and whether it had to be built. */
function fetchGraph(key: string, graph = GRAPH): { graph: number[]; built: boolean } {
  let built = false;
  const got = cachedGraph(key, () => {
    built = true;
    return graph;
  });
  return { graph: Array.from(got), built };
}

const MADE = { graph: Array.from(GRAPH), built: true };
const FOUND = { graph: Array.from(GRAPH), built: false };

test('a graph is built once, and then found byte for byte', () => {
  expect(fetchGraph('a1')).toEqual(MADE);
  expect(fetchGraph('a1')).toEqual(FOUND);
});

test('another key is another graph', () => {
  fetchGraph('a1');
  expect(fetchGraph('b2', GRAPH.slice(0, 9))).toEqual({ graph: Array.from(GRAPH.slice(0, 9)), built: true });
  expect(fetchGraph('a1')).toEqual(FOUND);
});

describe('a file that is not what was written is built anew, and replaced', () => {
  test.each([
    ['truncated', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['longer', (bytes: Buffer) => Buffer.concat([bytes, Buffer.of(0)])],
    ['altered in one bit', (bytes: Buffer) => bytes.with(500, (bytes[500] as number) ^ 1)],
    ['shorter than its checksum', (bytes: Buffer) => bytes.subarray(0, 7)],
    ['empty', () => Buffer.alloc(0)],
  ] as [string, (bytes: Buffer) => Uint8Array][])('%s', (_, damage) => {
    fetchGraph('a1');
    writeFileSync(pathOf('a1'), damage(readFileSync(pathOf('a1'))));
    expect(fetchGraph('a1')).toEqual(MADE);
    expect(fetchGraph('a1')).toEqual(FOUND);
  });
});

describe('a cache that cannot be written costs a build each time', () => {
  test('a file where its folder should be', () => {
    writeFileSync(folder(), '');
    expect(fetchGraph('a1')).toEqual(MADE);
    expect(fetchGraph('a1')).toEqual(MADE);
  });

  // The superuser may write anywhere.
  test.skipIf(process.getuid?.() === 0)('a folder that is read-only', () => {
    fetchGraph('a1');
    chmodSync(folder(), 0o500);
    expect(fetchGraph('b2')).toEqual(MADE);
    expect(fetchGraph('b2')).toEqual(MADE);
    expect(fetchGraph('a1')).toEqual(FOUND);
    chmodSync(folder(), 0o700);
  });
});

test('the oldest graph goes when there are too many', () => {
  mkdirSync(folder());
  for (let i = 0; i < MOST_GRAPHS; i++) {
    fetchGraph(`${i}`);
    utimesSync(pathOf(`${i}`), 1000 + i, 1000 + i);
  }
  utimesSync(pathOf('42'), 1, 1);
  expect(readdirSync(folder())).toHaveLength(MOST_GRAPHS);
  fetchGraph('new');
  const left = readdirSync(folder());
  expect(left).toHaveLength(MOST_GRAPHS);
  expect(left).toContain('new.graph');
  expect(left).not.toContain('42.graph');
});

test('a build that fails leaves nothing', () => {
  const fail = () =>
    cachedGraph('a1', () => {
      throw new Error('no such op');
    });
  expect(fail).toThrow('no such op');
  expect(fetchGraph('a1')).toEqual(MADE);
});

test('a program of a known key is not traced again, and computes the same', async () => {
  let traces = 0;
  const spec: ProgramSpec = {
    variables: { weight: [2] },
    entries: {
      double: {
        inputs: { x: { dtype: 'float32', shape: [2] } },
        outputs: ['y'],
        step: ({ weight }, { x }) => {
          traces++;
          return { outputs: { y: tf.add(tf.mul(weight as never, 2), x as never) } };
        },
      },
    },
  };
  const run = async () => {
    const program = await compileProgram(tf, spec, { cacheKey: 'c3' });
    program.write({ weight: Float32Array.of(1, 2) });
    const result = program.run('double', { x: Float32Array.of(10, 20) });
    program.dispose();
    return { result, traces };
  };
  const first = await run();
  expect(first.result).toEqual({ y: Float32Array.of(12, 24) });
  expect(await run()).toEqual(first);
});

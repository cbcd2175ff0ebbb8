/** As far as a GPU can be tested without one: what is pinned, what is asked for, and how its absence is told. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/core/places.ts';
import { nvidiaDriver } from '../../src/engine/nvidia-driver.ts';
import { bindingPath } from '../../src/engine/provision/binding-path.ts';
import { CUDA_WHEELS } from '../../src/engine/provision/cuda-wheels.ts';
import { provideGpuTensorFlow } from '../../src/engine/provision/index.ts';
import { libraryFolder } from '../../src/engine/provision/library.ts';
import { buildOfThisMachine } from '../../src/engine/provision/wheel.ts';
import { newFolder } from '../new-folder.ts';

const MAIN = join(packageRoot, 'dist/src/cli/main.js');
const cache = newFolder(afterAll);

/** The extra and-cuda in the metadata of TensorFlow's wheel: name, least version, first version that is too new. */
const AND_CUDA: readonly (readonly [name: string, from: string, below: string])[] = [
  ['nvidia-cublas-cu12', '12.5.3.2', '13.0'],
  ['nvidia-cuda-cupti-cu12', '12.5.82', '13.0'],
  ['nvidia-cuda-nvcc-cu12', '12.5.82', '13.0'],
  ['nvidia-cuda-nvrtc-cu12', '12.5.82', '13.0'],
  ['nvidia-cuda-runtime-cu12', '12.5.82', '13.0'],
  ['nvidia-cudnn-cu12', '9.3.0.75', '10.0'],
  ['nvidia-cufft-cu12', '11.2.3.61', '12.0'],
  ['nvidia-curand-cu12', '10.3.6.82', '11.0'],
  ['nvidia-cusolver-cu12', '11.6.3.83', '12.0'],
  ['nvidia-cusparse-cu12', '12.5.1.3', '13.0'],
  ['nvidia-nccl-cu12', '2.27.7', '3.0'],
  ['nvidia-nvjitlink-cu12', '12.5.82', '13.0'],
];
const isBefore = (a: string, b: string): boolean => a.localeCompare(b, 'en', { numeric: true }) < 0;

test('the CUDA wheels are the ones that TensorFlow asks for, each pinned by its checksum', () => {
  expect(CUDA_WHEELS.map(wheel => wheel.package)).toEqual(AND_CUDA.map(([name]) => name));
  for (const [index, [, from, below]] of AND_CUDA.entries()) {
    const { version, sha256 } = CUDA_WHEELS[index] as (typeof CUDA_WHEELS)[number];
    expect([isBefore(version, from), isBefore(version, below)]).toEqual([false, true]);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(new Set(CUDA_WHEELS.map(wheel => wheel.sha256)).size).toBe(AND_CUDA.length);
});

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'the GPU has a library and a binding of its own',
  () => {
    const [cpu, gpu] = [buildOfThisMachine('cpu'), buildOfThisMachine('gpu')];
    expect(libraryFolder(gpu)).not.toBe(libraryFolder(cpu));
    expect(bindingPath('gpu')).not.toBe(bindingPath('cpu'));
    expect(gpu.wheel.version).toBe(cpu.wheel.version);
  },
);

test.each([
  [undefined, /expected an NVIDIA driver of at least 525\.60 on this machine, found none\. .*use --device cpu\.$/],
  [{ version: '470.256.02', devices: ['Tesla K80'] }, /at least 525\.60 .*found Tesla K80 \(driver 470\.256\.02\)/],
])('driver %j: one line, and nothing is fetched', async (driver, message) => {
  process.env.BENCH_CACHE_DIR = cache;
  const said: string[] = [];
  await expect(
    provideGpuTensorFlow(
      line => said.push(line),
      () => driver,
    ),
  ).rejects.toThrow(message);
  expect([said, readdirSync(cache)]).toEqual([[], []]);
});

test.runIf(nvidiaDriver() === undefined).each([
  ['run', 'degradation-34', '--tier', 'smoke'],
  ['doctor', '--fix'],
])('without a driver bench %s --device gpu ends with that line', async (...command) => {
  const env = { ...process.env, BENCH_CACHE_DIR: cache, BENCH_DIR: cache };
  const ended = await promisify(execFile)(process.execPath, [MAIN, ...command, '--device', 'gpu'], { env }).catch(
    error => error,
  );
  expect(ended).toMatchObject({ code: 4, stdout: '' });
  expect(ended.stderr).toMatch(/^[^\n]*--device gpu: expected an NVIDIA driver[^\n]*\n$/);
});

test('TensorFlow is told of the device before it is loaded', async () => {
  const onCpu = await variablesOf('cpu', { CUDA_VISIBLE_DEVICES: '3' });
  expect(onCpu.CUDA_VISIBLE_DEVICES).toBe('');
  expect(onCpu.TF_DETERMINISTIC_OPS).toBeUndefined();
  const onGpu = await variablesOf('gpu', { CUDA_VISIBLE_DEVICES: '3', NVIDIA_TF32_OVERRIDE: '1' });
  expect(onGpu).toMatchObject({
    CUDA_VISIBLE_DEVICES: '3',
    NVIDIA_TF32_OVERRIDE: '1',
    TF_DETERMINISTIC_OPS: '1',
    TF_CUDNN_DETERMINISTIC: '1',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  });
  // The GPU's binding is looked for in its place, and it or the GPU is missed where there is none.
  expect(onGpu.failure ?? 'loaded').toMatch(/^loaded$|lib\/gpu\/tfjs_binding\.node|sees no GPU/);
  expect(onGpu.failure ?? '--device gpu').toMatch(/--device gpu/);
});

async function variablesOf(device: string, env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const module = join(packageRoot, 'dist/src/engine/tensorflow.js');
  const script = `
    const { loadTensorFlow } = await import(${JSON.stringify(module)});
    const failure = await loadTensorFlow({ device: ${JSON.stringify(device)} }).then(() => undefined, error => error.message);
    console.log(JSON.stringify({ ...process.env, failure }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout.split('\n').find(line => line.startsWith('{')) ?? '{}') as Record<string, string>;
}

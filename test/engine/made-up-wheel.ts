/** Small wheels in a folder that pip takes them from, and a cache of our own: the real thing but for its size. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Build, Wheel } from '../../src/engine/provision/wheel.ts';
import { programArguments } from '../typescript-program.ts';

const PROGRAM = programArguments('processes/provide-library.ts', import.meta.url);
export const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
/** Names in the second wheel that only a build for a GPU has: wanted ones, and what is of no use at run time. */
const CUDA_FILES = ['cublas/lib/libcublas.so.12', 'cublas/lib/libcublasLt.so.12', 'cuda_nvcc/bin/ptxas'];
const CUDA_REST = ['cublas/include/cublas.h', 'cublas/lib/libcublas_static.a', 'cuda_nvcc/bin/nvcc'];

const WRITE_WHEEL = `
import json, sys, zipfile
name, path, megabytes, files = json.loads(sys.argv[1])
underscored = name.replace('-', '_')
with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as wheel:
    for file in files:
        entry = zipfile.ZipInfo(file)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = (0o755 if '/bin/' in file else 0o644) << 16
        wheel.writestr(entry, b'library ' + bytes(megabytes * 1000000))
    wheel.writestr('tensorflow/include/tensorflow/c/c_api.h', '// a header')
    wheel.writestr('tensorflow/python/big.py', '# nobody needs this')
    wheel.writestr(underscored + '-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: ' + name + '\\nVersion: 1.0\\n')
    wheel.writestr(underscored + '-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nTag: cp311-cp311-manylinux_2_27_x86_64\\n')
    wheel.writestr(underscored + '-1.0.dist-info/RECORD', '')
`;

interface TrialOptions {
  megabytes?: number;
  libraries?: readonly string[];
  /** With a second wheel, as a build for a GPU. */
  gpu?: boolean;
}

export class Trial {
  readonly folder = mkdtempSync(join(tmpdir(), 'bench-provision-'));
  readonly cache = join(this.folder, 'cache');
  readonly wheelFile: string = this.#fileOf('made-up');
  readonly companionFile: string = this.#fileOf('made-up-cuda');
  readonly build: Build;

  constructor({ megabytes = 0, libraries = LIBRARIES, gpu = false }: TrialOptions = {}) {
    const wheel = this.#write('made-up', 'tensorflow', libraries, megabytes);
    const companions = gpu ? [this.#write('made-up-cuda', 'nvidia', [...CUDA_FILES, ...CUDA_REST], 0)] : [];
    this.build = {
      device: gpu ? 'gpu' : 'cpu',
      wheel: { ...wheel, libraries: LIBRARIES },
      companions: companions.map(one => ({ ...one, libraries: CUDA_FILES.slice(0, 1) })),
      tried: !gpu,
    };
  }

  #fileOf(name: string): string {
    return join(this.folder, `${name.replaceAll('-', '_')}-1.0-cp311-cp311-manylinux_2_27_x86_64.whl`);
  }

  #write(name: string, root: Wheel['root'], names: readonly string[], megabytes: number): Wheel {
    const file = this.#fileOf(name);
    const arguments_ = JSON.stringify([name, file, megabytes, names.map(one => `${root}/${one}`)]);
    const { status, stderr } = spawnSync('python3', ['-c', WRITE_WHEEL, arguments_], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`python3: ${stderr}`);
    const content = readFileSync(file);
    const tags = { platform: 'manylinux_2_27_x86_64', python: '3.11', abi: 'cp311' };
    const sha256 = createHash('sha256').update(content).digest('hex');
    return { package: name, version: '1.0', ...tags, sha256, bytes: content.length, root, libraries: [] };
  }

  get library(): string {
    return join(this.cache, 'tensorflow', `made-up-1.0-${this.build.wheel.sha256.slice(0, 8)}`);
  }

  changeWheel(change: (bytes: Buffer) => Buffer): void {
    writeFileSync(this.wheelFile, change(readFileSync(this.wheelFile)));
  }

  start({ env = {}, uid }: { env?: NodeJS.ProcessEnv; uid?: number } = {}): ChildProcess {
    const offline = { PIP_NO_INDEX: '1', PIP_FIND_LINKS: this.folder, JITI_FS_CACHE: 'false' };
    return spawn(process.execPath, [...PROGRAM, JSON.stringify(this.build)], {
      env: { ...process.env, ...offline, BENCH_CACHE_DIR: this.cache, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(uid !== undefined && { uid }),
    });
  }

  /** The lines that the process said. */
  async provide(options: { env?: NodeJS.ProcessEnv; uid?: number } = {}): Promise<string[]> {
    return linesOf(this.start(options));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function linesOf(child: ChildProcess): Promise<string[]> {
  return (await text(child.stdout as NodeJS.ReadableStream)).trimEnd().split('\n');
}

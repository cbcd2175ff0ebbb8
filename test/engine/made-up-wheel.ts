/** Small wheels in a folder that pip takes them from, and a cache of our own: the real thing but for its size. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../src/core/places.ts';
import type { Wheel } from '../../src/engine/provision/wheel.ts';

const FILE = 'made_up-1.0-cp311-cp311-manylinux_2_27_x86_64.whl';
const JITI = join(packageRoot, 'node_modules/jiti/lib/jiti-cli.mjs');
const PROGRAM = fileURLToPath(new URL('processes/provide-library.ts', import.meta.url));
export const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

const WRITE_WHEEL = `
import sys, zipfile
path, megabytes = sys.argv[1], int(sys.argv[2])
with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as wheel:
    for name in sys.argv[3:]:
        wheel.writestr('tensorflow/' + name, b'library ' + bytes(megabytes * 1000000))
    wheel.writestr('tensorflow/include/tensorflow/c/c_api.h', '// a header')
    wheel.writestr('tensorflow/python/big.py', '# nobody needs this')
    wheel.writestr('made_up-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: made-up\\nVersion: 1.0\\n')
    wheel.writestr('made_up-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nTag: cp311-cp311-manylinux_2_27_x86_64\\n')
    wheel.writestr('made_up-1.0.dist-info/RECORD', '')
`;

export class Trial {
  readonly folder = mkdtempSync(join(tmpdir(), 'bench-provision-'));
  readonly cache = join(this.folder, 'cache');
  readonly wheelFile = join(this.folder, FILE);
  readonly wheel: Wheel;

  constructor({ megabytes = 0, libraries = LIBRARIES } = {}) {
    const arguments_ = ['-c', WRITE_WHEEL, this.wheelFile, String(megabytes), ...libraries];
    const { status, stderr } = spawnSync('python3', arguments_, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`python3: ${stderr}`);
    const bytes = readFileSync(this.wheelFile);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const tags = { platform: 'manylinux_2_27_x86_64', python: '3.11', abi: 'cp311' };
    this.wheel = {
      package: 'made-up',
      version: '1.0',
      ...tags,
      sha256,
      bytes: bytes.length,
      libraries: LIBRARIES,
      tried: true,
    };
  }

  get library(): string {
    return join(this.cache, 'tensorflow', `made-up-1.0-${this.wheel.sha256.slice(0, 8)}`);
  }

  changeWheel(change: (bytes: Buffer) => Buffer): void {
    writeFileSync(this.wheelFile, change(readFileSync(this.wheelFile)));
  }

  start({ env = {}, uid }: { env?: NodeJS.ProcessEnv; uid?: number } = {}): ChildProcess {
    const offline = { PIP_NO_INDEX: '1', PIP_FIND_LINKS: this.folder, JITI_FS_CACHE: 'false' };
    return spawn(process.execPath, [JITI, PROGRAM, JSON.stringify(this.wheel)], {
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

/** A clone as a newcomer has it, with one Node first in PATH. */
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { cacheDir, packageRoot } from '../../src/core/places.ts';

/** Large, and the same for every Node; addons are not among them. */
const SHARED = ['tensorflow', 'data'];
const STEP_TIMEOUT_MS = 20 * 60_000;
/** What `npm run` tells its scripts about this checkout, and would tell those of the clone. */
const OF_THIS_CHECKOUT = /^(npm_(?!config_)|npm_config_(local_|global_)?prefix$|INIT_CWD$|BENCH_)/;

export class FreshCheckout {
  private readonly root: string;
  private readonly env: NodeJS.ProcessEnv;
  private readonly cancelSignal: AbortSignal;

  private constructor(root: string, env: NodeJS.ProcessEnv, cancelSignal: AbortSignal) {
    this.root = root;
    this.env = env;
    this.cancelSignal = cancelSignal;
  }

  /** Clones into `folder`, which also gets a cache of its own. `bin`: where this checkout's `node` is. */
  static async make(folder: string, bin: string, cancelSignal: AbortSignal): Promise<FreshCheckout> {
    const root = join(folder, 'clone');
    await execa('git', ['clone', '--quiet', packageRoot, root], { cancelSignal });
    const env = { ...environment(bin), BENCH_CACHE_DIR: makeCache(join(folder, 'cache')) };
    return new FreshCheckout(root, env, cancelSignal);
  }

  /** Runs `node ARGS…` and gives what it printed. Throws if it fails, or takes longer than anything should. */
  async node(...args: string[]): Promise<string> {
    const { root: cwd, env, cancelSignal } = this;
    const options = { cwd, env, extendEnv: false, stdin: 'ignore', timeout: STEP_TIMEOUT_MS, cancelSignal } as const;
    return (await execa('node', args, options)).stdout;
  }

  bench(...args: string[]): Promise<string> {
    return this.node('dist/src/cli/main.js', ...args);
  }
}

function environment(bin: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !OF_THIS_CHECKOUT.test(name));
  return { ...Object.fromEntries(kept), PATH: [bin, process.env.PATH].join(delimiter) };
}

function makeCache(cache: string): string {
  mkdirSync(cache, { recursive: true });
  for (const name of SHARED) {
    if (existsSync(join(cacheDir(), name))) symlinkSync(join(cacheDir(), name), join(cache, name));
  }
  return cache;
}

import { createRequire } from 'node:module';
import { execa } from 'execa';
import { EXIT, UserError } from '../../src/core/errors.ts';

const PYTHON_PACKAGES = ['torch', 'tensorflow-cpu', 'keras', 'numpy'];
const PROGRAM = `
import json, platform
from importlib.metadata import version
print(json.dumps({"python": platform.python_version(), **{name: version(name) for name in ${JSON.stringify(PYTHON_PACKAGES)}}}))
`;

/** Versions of what is compared, by package. */
export async function readVersions(python: string): Promise<Record<string, string>> {
  const { stdout, failed } = await execa(python, ['-c', PROGRAM], { reject: false });
  if (failed) {
    const wanted = PYTHON_PACKAGES.join(', ');
    throw new UserError(`${python}: expected an environment with ${wanted}. Mend BENCH_PEERS_VENV.`, {
      exitCode: EXIT.noData,
    });
  }
  const tfjs = createRequire(import.meta.url)('@tensorflow/tfjs-node/package.json') as { version: string };
  return { ...(JSON.parse(stdout) as Record<string, string>), 'tfjs-node': tfjs.version };
}

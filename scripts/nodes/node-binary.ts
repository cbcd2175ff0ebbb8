/** Node as npm packages carry it: the binary, and the headers that addons are compiled against. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

/** Puts the package of an exact version into a folder, and gives the folder with `node`. Throws if it is another one. */
export async function installNode(version: string, folder: string, cancelSignal: AbortSignal): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  mkdirSync(folder, { recursive: true });
  const options = ['--no-audit', '--no-fund', '--no-save', '--prefix', folder];
  await execa('npm', ['install', ...options, `${name}@${version}`], { cwd: folder, cancelSignal });
  const bin = join(folder, 'node_modules', name, 'bin');
  const { stdout } = await execa(join(bin, 'node'), ['--version'], { cancelSignal });
  if (stdout !== `v${version}`) throw new Error(`${name}@${version}: expected a Node v${version} in it, got ${stdout}`);
  return bin;
}

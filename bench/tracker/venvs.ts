/** A Python for each tool, in the user's cache: trackers do not agree on the versions of what they need. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describeError } from '../../src/core/errors.ts';
import { packageRoot } from '../../src/core/places.ts';
import { inCacheFolder } from '../../src/engine/provision/cache-folder.ts';

export const SCRIPTS: string = join(packageRoot, 'bench', 'tracker');
const INSTALL_MS = 900_000;

export type Installed = { python: string; version: string } | { failure: string };

/** By the first package of a line of requirements.txt, for those that are `wanted`. What cannot be installed says why, and bars no other. */
export async function providePythons(
  wanted: ReadonlySet<string>,
  report: (line: string) => void,
): Promise<Map<string, Installed>> {
  const lines = readFileSync(join(SCRIPTS, 'requirements.txt'), 'utf8').split('\n');
  const found = new Map<string, Installed>();
  if (wanted.size === 0) return found;
  await inCacheFolder('trackers', 'the trackers', report, async folder => {
    for (const line of lines.filter(text => /^\w/.test(text))) {
      const [name = '', version = ''] = (line.split(' ')[0] as string).split('==');
      if (!wanted.has(name)) continue;
      try {
        found.set(name, { python: await provide(join(folder, name), line, report), version });
      } catch (error) {
        found.set(name, { failure: describeError(error) });
      }
    }
  });
  return found;
}

async function provide(venv: string, requirements: string, report: (line: string) => void): Promise<string> {
  const python = join(venv, 'bin', 'python');
  const stamp = join(venv, 'requirements.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === requirements) return python;
  report(`${venv}: installing ${requirements}`);
  rmSync(venv, { recursive: true, force: true });
  await execa('python3', ['-m', 'venv', venv]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements.split(' ')];
  await execa(python, pip, { timeout: INSTALL_MS });
  writeFileSync(stamp, requirements);
  return python;
}

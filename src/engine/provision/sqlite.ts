/** better-sqlite3's addon: its prebuilt binary where it can be had, else compiled against this Node's headers. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { refusal, type UserError } from '../../core/errors.ts';
import { packageFolder } from '../../core/places.ts';
import { provideAddon } from './addons.ts';
import { lastError } from './last-error.ts';
import { nodeHeaderPrefix } from './node-headers.ts';
import { hasObjectHooks, withoutObjectHooks } from './object-wrap.ts';

const PACKAGE = packageFolder('better-sqlite3');
const ADDON = 'build/Release/better_sqlite3.node';
const SOURCE = 'src/better_sqlite3.cpp';

export async function provideSqlite(report: (line: string) => void): Promise<void> {
  if (isUsable()) return;
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const key = `better-sqlite3-${version}-${process.platform}-${process.arch}-abi${process.versions.modules}.node`;
  const make = (workshop: string): Promise<string> => {
    report('SQLite: taking its prebuilt binary, or compiling it (about a minute)');
    return build(workshop);
  };
  await provideAddon({ what: 'SQLite', key, target: join(PACKAGE, ADDON), make, works: isUsable }, report);
}

/**
 * It may be there and yet be made for another Node: only opening a database tells. And it may open one and yet abort
 * later, if it was compiled as it comes.
 */
function isUsable(): boolean {
  try {
    if (hasObjectHooks(readFileSync(join(PACKAGE, ADDON)))) return false;
    const Database = createRequire(import.meta.url)('better-sqlite3') as typeof import('better-sqlite3');
    new Database(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

/**
 * The package's own install script does both, in that order; npm brings node-gyp. On a copy: a compiler that outlives
 * a killed set-up must not write into what the next one makes.
 */
async function build(workshop: string): Promise<string> {
  cpSync(PACKAGE, workshop, { recursive: true, filter: path => path !== join(PACKAGE, 'build') });
  const source = join(workshop, SOURCE);
  writeFileSync(source, withoutObjectHooks(readFileSync(source, 'utf8')));
  const prefix = nodeHeaderPrefix();
  // npm must run on this Node, which need not be the first in PATH: the addon is made for the one that runs npm.
  const path = [dirname(process.execPath), join(dirname(PACKAGE), '.bin'), process.env.PATH].join(delimiter);
  const env = { PATH: path, JOBS: 'max', ...(prefix && { npm_config_nodedir: prefix }) };
  try {
    await execa('npm', ['run', 'install'], { cwd: workshop, env });
  } catch (error) {
    throw notBuilt(lastError(error, /\berror: (?!`make` failed)/i), error);
  }
  const made = join(workshop, ADDON);
  if (!existsSync(made)) throw notBuilt(`its install script left no ${ADDON}`);
  return made;
}

function notBuilt(reason: string, cause?: unknown): UserError {
  return refusal(
    `SQLite: better-sqlite3 could neither be downloaded nor compiled: ${reason}. A C++ compiler, make, Python 3 and the headers of Node ${process.version} are needed.`,
    cause,
  );
}

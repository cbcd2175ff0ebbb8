/** better-sqlite3's addon: its prebuilt binary where it can be had, else compiled against this Node's headers. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execa } from 'execa';
import { describeError, EXIT, UserError } from '../../core/errors.ts';
import { packageRoot } from '../../core/places.ts';
import { putIntoCache, takeFromCache } from './addons.ts';
import { nodeHeaderPrefix } from './node-headers.ts';

const PACKAGE = join(packageRoot, 'node_modules/better-sqlite3');
const sqlitePath: string = join(PACKAGE, 'build/Release/better_sqlite3.node');

export async function provideSqlite(report: (line: string) => void): Promise<void> {
  if (isUsable()) return;
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const key = `better-sqlite3-${version}-${process.platform}-${process.arch}-abi${process.versions.modules}.node`;
  if (takeFromCache(key, sqlitePath)) return;
  report('SQLite: taking its prebuilt binary, or compiling it (about a minute)');
  await build();
  putIntoCache(key, sqlitePath);
}

/** It may be there and yet be made for another Node: only opening a database tells. */
function isUsable(): boolean {
  try {
    const Database = createRequire(import.meta.url)('better-sqlite3') as typeof import('better-sqlite3');
    new Database(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

/** The package's own install script does both, in that order; npm brings node-gyp. */
async function build(): Promise<void> {
  const prefix = nodeHeaderPrefix();
  const env = { ...(prefix && { npm_config_nodedir: prefix }) };
  try {
    await execa('npm', ['rebuild', 'better-sqlite3', '--ignore-scripts=false'], { cwd: packageRoot, env });
  } catch (error) {
    const lines = String((error as { stderr?: string }).stderr ?? '').split('\n');
    const reason = lines.findLast(line => /error/i.test(line)) ?? describeError(error);
    throw new UserError(
      `SQLite: better-sqlite3 could not be built: ${reason.trim()}. A C++ compiler, make and Python 3 are needed.`,
      {
        exitCode: EXIT.noData,
        cause: error,
      },
    );
  }
  if (!existsSync(sqlitePath))
    throw new UserError(`SQLite: npm rebuild left no ${sqlitePath}. Delete node_modules and run "npm ci".`, {
      exitCode: EXIT.noData,
    });
}

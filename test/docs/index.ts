/**
 * `npm run test:docs`: executes the commands that README and docs/ name, with runs, nets and files of a project made for it in
 * place of capital words. Tour and guide are executed by `npm test`. A line on stderr for each that fails; the last line on
 * stdout is JSON: `{commands, failed, notRun}`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fill, namedCommands, whyNotRun } from './named-commands.ts';
import { Place } from './place.ts';

const FINE = [0, 1, 3];

const folder = mkdtempSync(join(tmpdir(), 'bench-docs-'));
try {
  const place = new Place(folder);
  const words = await place.prepare();
  const named = namedCommands();
  const failed: string[] = [];
  for (const command of named.filter(command => whyNotRun(command) === null)) {
    const filled = fill(command, words);
    const { exitCode, stderr } = await place.shell(`npx bench ${filled}`);
    if (FINE.includes(exitCode)) continue;
    failed.push(command);
    process.stderr.write(
      `bench ${command} (as ${filled}) ended with ${exitCode}: ${stderr.trim().split('\n').at(-1)}\n`,
    );
  }
  const notRun = named.filter(command => whyNotRun(command) !== null).length;
  process.stdout.write(`${JSON.stringify({ commands: named.length - notRun, failed: failed.length, notRun })}\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * `npm run test:package`: packs this project, installs the tarball in an empty folder as a user does, and runs the project of
 * docs/your-project.md there to its verdict. Each step's seconds on stderr; the last line is JSON. Needs npm's registry.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Walk } from '../newcomer/walk.ts';
import { pack, tenLines, writeProject } from './packed.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-package-'));
const walk = new Walk(folder);
try {
  const tarball = pack(folder);
  await walk.step('install', 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', tarball);
  await walk.step('set up', 'npx', 'bench', 'doctor', '--fix');
  await walk.step('begin', 'npx', 'bench', 'init');
  writeProject(folder, tenLines());
  const verdicts = { kernel: await verdictOf('kernel'), dots: await verdictOf('dots') };
  process.stdout.write(`${JSON.stringify({ verdicts, ...walk.figures })}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function verdictOf(experiment: string): Promise<string> {
  const printed = await walk.step(`run ${experiment}`, 'npx', 'bench', 'run', experiment, '--json');
  return (JSON.parse(printed) as { verdict: string }).verdict;
}

/**
 * `npm run test:speed-gate`: the speed gate on a clone of this checkout, once as it is and once with a training step that
 * takes 15 % longer. The same code must not fail, the slower one must. It measures: let nothing else work beside it.
 * The last line is JSON. `-- --metric plain-18` and the like are for `bench speed steps`. `BENCH_TMP` names where the
 * clone goes.
 */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { packageRoot } from '../../src/core/places.ts';

const OPTIONS = process.argv.length > 2 ? process.argv.slice(2) : ['--rounds', '16'];
const TRAINER = 'src/engine/trainer.ts';
const STEP = "const outputs = this.#program.run('train', inputs);";
const SLOWER_STEP = `const startMs = performance.now();
    ${STEP}
    const endMs = performance.now() + 0.15 * (performance.now() - startMs);
    while (performance.now() < endMs);`;

interface Decision {
  outcome: string;
  checks: { metric: string; outcome: string; baseline: number; worsening: number; interval: [number, number] | null }[];
  speed: { rounds: number; moved: number; seed: number };
}

const clone = mkdtempSync(join(process.env.BENCH_TMP ?? tmpdir(), 'speed-gate-'));
try {
  await execa('git', ['clone', '--quiet', '--local', packageRoot, clone]);
  symlinkSync(join(packageRoot, 'node_modules'), join(clone, 'node_modules'), 'dir');
  await execa(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { cwd: clone });
  const same = await compare('the same code');
  slowDown();
  const slower = await compare('a step that takes 15 % longer');
  process.exitCode = same.outcome !== 'fail' && slower.outcome === 'fail' ? 0 : 1;
  console.log(JSON.stringify({ same, slower }));
} finally {
  rmSync(clone, { recursive: true, force: true });
}

async function compare(what: string): Promise<ReturnType<typeof summary>> {
  const bench = [join(clone, 'dist/src/cli/main.js'), 'speed', 'steps', '--compare', 'HEAD', ...OPTIONS];
  const options = { cwd: clone, stderr: 'inherit', reject: false } as const;
  const { stdout } = await execa(process.execPath, [...bench, '--json'], options);
  const result = summary(JSON.parse(stdout) as Decision);
  console.log(`${what}: ${JSON.stringify(result)}`);
  return result;
}

function slowDown(): void {
  const path = join(clone, TRAINER);
  const source = readFileSync(path, 'utf8');
  if (!source.includes(STEP)) throw new Error(`${TRAINER}: expected the line "${STEP}"`);
  writeFileSync(path, source.replace(STEP, SLOWER_STEP));
}

function summary({ outcome, checks, speed: { rounds, moved, seed } }: Decision) {
  const ratios = checks.map(({ metric, outcome: each, baseline, worsening, interval }) => {
    const ratio = (ms: number): number => Number((1 + ms / baseline).toFixed(4));
    return { benchmark: metric, outcome: each, ratio: ratio(worsening), interval: interval?.map(ratio) ?? null };
  });
  return { outcome, rounds, moved, seed, ratios };
}

/**
 * `npm run test:speed-gate`: the speed gate on a clone of this checkout. Once as it is, by `bench speed steps --compare`,
 * which must not fail; once with a commit whose training step takes 15 % longer, by `bench gate --base` as a CI runs it,
 * which must. It measures: let nothing else work beside it. The last line is JSON. `-- --metric plain-18` and the like are
 * for both. `BENCH_TMP` names where the clone goes.
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
const AUTHOR = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];

interface Decision {
  outcome: string;
  because: string | null;
  checks: { metric: string; outcome: string; baseline: number; worsening: number; interval: [number, number] | null }[];
  speed?: { rounds: number; moved: number; seed: number };
}

const clone = mkdtempSync(join(process.env.BENCH_TMP ?? tmpdir(), 'speed-gate-'));
try {
  await execa('git', ['clone', '--quiet', '--local', packageRoot, clone]);
  symlinkSync(join(packageRoot, 'node_modules'), join(clone, 'node_modules'), 'dir');
  await execa(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { cwd: clone });
  const same = await compare('the same code', ['speed', 'steps', '--compare', 'HEAD']);
  await slowDown();
  const slower = await compare('a step that takes 15 % longer', ['gate', '--base', 'HEAD~1', '--suite', 'steps']);
  const right = [0, 3].includes(same.exitCode) && slower.exitCode === 1;
  process.exitCode = right ? 0 : 1;
  console.log(JSON.stringify({ same, slower }));
} finally {
  rmSync(clone, { recursive: true, force: true });
}

async function compare(what: string, command: readonly string[]): Promise<ReturnType<typeof summary>> {
  const bench = [join(clone, 'dist/src/cli/main.js'), ...command, ...OPTIONS, '--json'];
  const { BENCH_DIR: _, ...env } = process.env;
  const options = { cwd: clone, env, extendEnv: false, stderr: 'inherit', reject: false } as const;
  const { stdout, exitCode } = await execa(process.execPath, bench, options);
  const result = summary(JSON.parse(stdout) as Decision, exitCode ?? -1);
  console.log(`${what}: ${JSON.stringify(result)}`);
  return result;
}

async function slowDown(): Promise<void> {
  const path = join(clone, TRAINER);
  const source = readFileSync(path, 'utf8');
  if (!source.includes(STEP)) throw new Error(`${TRAINER}: expected the line "${STEP}"`);
  writeFileSync(path, source.replace(STEP, SLOWER_STEP));
  await execa('git', [...AUTHOR, 'commit', '--quiet', '--all', '-m', 'A slower step'], { cwd: clone });
}

function summary({ outcome, because, checks, speed }: Decision, exitCode: number) {
  const ratios = checks.map(({ metric, outcome: each, baseline, worsening, interval }) => {
    const ratio = (ms: number): number => Number((1 + ms / baseline).toFixed(4));
    return { benchmark: metric, outcome: each, ratio: ratio(worsening), interval: interval?.map(ratio) ?? null };
  });
  const { rounds, moved, seed } = speed ?? {};
  return { exitCode, outcome, because, rounds, moved, seed, ratios };
}

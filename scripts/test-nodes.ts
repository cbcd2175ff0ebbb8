/**
 * Holds what is committed against real Node binaries: for each a fresh clone, set up, run, verified and tested.
 *
 *   npm run test:nodes                  on all of NODES, about five minutes each on two processors
 *   npm run test:nodes -- 24.21.0       on other versions
 *
 * Native addons are compiled anew for each; TensorFlow and data come from the user's cache if they are there. On stdout a
 * table, then one line of JSON; exit code 1 if anything failed.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGood, type NodeResult, tryNode } from './nodes/node-trial.ts';
import { formatResults } from './nodes/result-table.ts';

/** Exact, so that a failure is ours. Of each line the newest, as of 2026-11. */
const NODES = ['20.20.2', '22.23.3', '24.21.0'];
const INTERRUPTED = 130;

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort());
const folder = mkdtempSync(join(tmpdir(), 'bench-nodes-'));
// Some tests start programs of the clone as another user.
chmodSync(folder, 0o755);
try {
  process.exitCode = await tryNodes(process.argv.length > 2 ? process.argv.slice(2) : NODES);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function tryNodes(versions: string[]): Promise<number> {
  const results: NodeResult[] = [];
  for (const version of versions) {
    results.push(await tryNode(version, join(folder, version), interruption.signal));
    if (interruption.signal.aborted) return INTERRUPTED;
  }
  process.stdout.write(`${formatResults(results)}\n${JSON.stringify({ results })}\n`);
  return results.every(isGood) ? 0 : 1;
}

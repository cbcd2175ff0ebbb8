/**
 * Our tracker beside others, in one sitting of at most ten minutes: `npm run bench:tracker [TOOL…]`. The others are
 * installed into the user's cache first. A table and, as the last line, JSON go to stdout, progress to stderr.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Orders } from './orders.ts';
import { type Row, type Seat, sit } from './sitting.ts';
import { formatTable } from './table.ts';
import { TOOLS, type Tool } from './tools.ts';
import { type Installed, providePythons } from './venvs.ts';

const SITTING_MS = 590_000;

const asked = process.argv.slice(2);
const report = (line: string): void => void process.stderr.write(`${line}\n`);
const root = mkdtempSync(join(process.env.BENCH_TMP ?? tmpdir(), 'bench-tracker-'));
try {
  const tools = TOOLS.filter(({ name }) => asked.length === 0 || asked.some(word => name.startsWith(word)));
  const pythons = await providePythons(new Set(tools.flatMap(({ requires }) => requires ?? [])), report);
  const seated = tools.map(tool => seatOf(tool, pythons));
  const seats = seated.filter((one): one is Seat => 'orders' in one);
  await sit(seats, root, SITTING_MS, report);
  const rows = seated.map(({ row }) => row);
  process.stdout.write(`${formatTable(rows)}\n${JSON.stringify(rows)}\n`);
} finally {
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
}

function seatOf(tool: Tool, pythons: ReadonlyMap<string, Installed>): Seat | { row: Row } {
  const row: Row = { tool: tool.name, failures: [] };
  if (tool.requires === undefined) return { tool, row, orders: new Orders(tool) };
  const installed = pythons.get(tool.requires) ?? { failure: 'it is not in requirements.txt' };
  if ('failure' in installed) return { row: { ...row, failures: [`not installed: ${installed.failure}`] } };
  return { tool, row: { ...row, version: installed.version }, orders: new Orders(tool, installed.python) };
}

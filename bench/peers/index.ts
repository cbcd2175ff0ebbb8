/**
 * Our compiled engine beside its peers, in one sitting: `npm run bench:peers`. Results go to bench/peers/results.json and
 * sittings.json, a table and, as the last line, JSON to stdout, progress to stderr. Options: --nets, --precisions and
 * --engines (names with commas between), --rounds, --seconds, --check (only whether all compute the same nets).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../src/core/errors.ts';
import { type CheckRow, checkNet } from './check.ts';
import { type PeerFiles, writePeerFiles } from './describe.ts';
import { keep } from './kept.ts';
import { type Machine, readMachine } from './machine.ts';
import type { PeerNet } from './nets.ts';
import { type Options, readOptions } from './options.ts';
import type { ResultRow } from './rows.ts';
import { sit } from './sitting.ts';
import { formatTable, ratios } from './table.ts';
import { providePython } from './venv.ts';
import { readVersions } from './versions.ts';

/** Emulated bfloat16 is only shown to be what it is: slow. */
const EMULATED = { rounds: 1, seconds: 2 };

try {
  await main(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}

async function main(options: Options): Promise<void> {
  const machine = readMachine();
  const python = await providePython(report);
  const folder = mkdtempSync(join(tmpdir(), 'bench-peers-'));
  try {
    const described = await describeAll(options.nets, folder);
    const checks = await checkAll(options, described, python);
    if (options.checkOnly) return printChecks(checks);
    const rows = await measureAll(options, machine, described, checks, python);
    const { rounds, seconds } = options;
    const versions = await readVersions(python);
    keep({ date: new Date().toISOString(), machine, versions, rounds, seconds, checks }, rows);
    printResults(options, machine, rows, checks);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Described = readonly { net: PeerNet; files: PeerFiles }[];

async function describeAll(nets: readonly PeerNet[], folder: string): Promise<Described> {
  const described = [];
  for (const net of nets) described.push({ net, files: await writePeerFiles(net, folder) });
  return described;
}

async function checkAll({ engines }: Options, described: Described, python: string): Promise<CheckRow[]> {
  const checks: CheckRow[] = [];
  for (const { net, files } of described) {
    const rows = await checkNet(net, files, engines, python);
    for (const row of rows) report(`${row.net}: ${row.engine} (${row.variant}): ${row.failure ?? 'the same net'}`);
    checks.push(...rows);
  }
  return checks;
}

async function measureAll(
  options: Options,
  machine: Machine,
  described: Described,
  checks: readonly CheckRow[],
  python: string,
): Promise<ResultRow[]> {
  const rows: ResultRow[] = [];
  for (const { net, files } of described) {
    for (const precision of options.precisions) {
      const { rounds, seconds } = precision === 'bfloat16' && machine.nativeBfloat16 === false ? EMULATED : options;
      rows.push(
        ...(await sit({ net, files, precision, engines: options.engines, checks, rounds, seconds, python, report })),
      );
    }
  }
  return rows;
}

function printResults(
  { rounds, seconds }: Options,
  machine: Machine,
  rows: readonly ResultRow[],
  checks: readonly CheckRow[],
): void {
  process.stdout.write(`${formatTable(rows)}\n`);
  if (machine.nativeBfloat16 === false) {
    process.stdout.write('This processor has no native bfloat16: those rows are short and emulated.\n');
  }
  const unequal = checks.filter(({ failure }) => failure !== undefined).length;
  process.stdout.write(`${JSON.stringify({ rounds, seconds, unequal, results: ratios(rows) })}\n`);
}

function printChecks(checks: readonly CheckRow[]): void {
  process.stdout.write(`${JSON.stringify({ checks })}\n`);
  if (checks.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

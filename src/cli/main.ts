#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import { describeError, EXIT, errorCode, UserError } from '../core/errors.ts';
import { plainLines, plainText } from '../core/plain-text.ts';
import { createProgram } from './program.ts';

/** The command that is meant without any. */
const ALONE = 'next';

for (const stream of [process.stdout, process.stderr]) stream.on('error', passOverBrokenPipe);
process.exitCode = await main(process.argv);

async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = await createProgram(argv[2] ?? ALONE, code => {
    exitCode = code;
  });
  try {
    await chooseFolder();
    await program.parseAsync(argv.length > 2 ? argv : [...argv, ALONE]);
    return exitCode;
  } catch (error) {
    return report(error, argv.includes('--debug'));
  }
}

/** Of the results: for this process and all that it starts. */
async function chooseFolder(): Promise<void> {
  if (process.env.BENCH_DIR || !existsSync('bench.config.ts')) return;
  const { resultsFolder } = await import('../runner/bench-config.ts');
  const folder = await resultsFolder();
  if (folder !== null) process.env.BENCH_DIR = folder;
}

/** Who reads no further (`bench list | head`) has what he wants; what the command does besides is done all the same. */
function passOverBrokenPipe(error: Error): void {
  if (errorCode(error) !== 'EPIPE') throw error;
}

/** One line for a mistake of the user; the stack on request; the last resort for a mistake of ours. */
function report(error: unknown, debug: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
  if (debug && error instanceof Error) process.stderr.write(`${plainLines(error.stack ?? '')}\n`);
  process.stderr.write(`bench: ${plainText(describeError(error).replace(/^error: /, ''))}\n`);
  if (error instanceof CommanderError) return EXIT.usage;
  return error instanceof UserError ? error.exitCode : EXIT.noData;
}

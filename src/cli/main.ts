#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { describeError, EXIT, UserError } from '../core/errors.ts';
import { loadFolder } from '../core/folder.ts';
import { packageRoot } from '../core/places.ts';
import { plainLines, plainText } from '../core/plain-text.ts';
import { unknownName } from '../core/registry.ts';
import type { CommandDefinition, CommandGroup, Subcommand } from './command.ts';

const GROUPS: Record<CommandGroup, string> = {
  experiments: 'Experiments:',
  gates: 'Gates:',
  parts: 'Parts:',
  store: 'Store:',
  'set-up': 'Set-up:',
};

/** The command that is meant without any. */
const ALONE = 'next';

process.exitCode = await main(process.argv);

async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = await createProgram(argv[2] ?? ALONE, code => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv.length > 2 ? argv : [...argv, ALONE]);
    return exitCode;
  } catch (error) {
    return report(error, argv.includes('--debug'));
  }
}

/** A command is the file of its name: only help and a wrong name need them all. */
async function createProgram(asked: string | undefined, finish: (exitCode: number) => void): Promise<Command> {
  const program = new Command('bench')
    .description('Settles claims about convolutional nets by experiment.')
    .version(readVersion())
    .option('--debug', 'show the stack of an error')
    .helpCommand('help [command]', 'say how a command is used')
    .showHelpAfterError(false)
    // An option is that of the command or subcommand before it.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  const folder = await loadFolder<CommandDefinition>(new URL('./commands/', import.meta.url), asked);
  const definitions = folder.map(entry => entry.value);
  for (const group of Object.keys(GROUPS) as CommandGroup[]) {
    for (const definition of definitions.filter(one => one.group === group)) addCommand(program, definition, finish);
  }
  program.on('command:*', ([name]: string[]) => {
    throw unknownName(
      'command',
      String(name),
      definitions.map(one => one.name),
    );
  });
  return program;
}

function addCommand(program: Command, definition: CommandDefinition, finish: (exitCode: number) => void): void {
  const command = program.command(definition.name).helpCommand(false);
  configure(command.helpGroup(GROUPS[definition.group]), definition, finish);
  for (const one of definition.subcommands ?? []) configure(command.command(one.name), one, finish);
}

function configure(command: Command, definition: Subcommand, finish: (exitCode: number) => void): void {
  command.summary(definition.summary).description(definition.summary).option('--debug', 'show the stack of an error');
  definition.configure(command);
  command.action(async () => finish(await definition.run(command.args, command.opts())));
}

/** One line for a mistake of the user; the stack on request; the last resort for a mistake of ours. */
function report(error: unknown, debug: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
  if (debug && error instanceof Error) process.stderr.write(`${plainLines(error.stack ?? '')}\n`);
  process.stderr.write(`bench: ${plainText(describeError(error).replace(/^error: /, ''))}\n`);
  if (error instanceof CommanderError) return EXIT.usage;
  return error instanceof UserError ? error.exitCode : EXIT.noData;
}

function readVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }).version;
}

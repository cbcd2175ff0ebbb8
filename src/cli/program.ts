/** The command line: every file of commands/ with its help, arguments and options. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadFolder } from '../core/folder.ts';
import { packageRoot } from '../core/places.ts';
import { unknownName } from '../core/registry.ts';
import type { CommandDefinition, CommandGroup, Subcommand } from './command.ts';

const GROUPS: Record<CommandGroup, string> = {
  experiments: 'Experiments:',
  gates: 'Gates:',
  parts: 'Parts:',
  store: 'Store:',
  'set-up': 'Set-up:',
};

/** A command is the file of its name: only help and a wrong name need them all. */
export async function createProgram(asked: string | undefined, finish: (exitCode: number) => void): Promise<Command> {
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

function readVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }).version;
}

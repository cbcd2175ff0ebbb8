/** Commands as the command line calls them, and what they say. */
import { Command } from 'commander';
import { vi } from 'vitest';
import type { CommandDefinition } from '../../src/cli/command.ts';
import { UserError } from '../../src/core/errors.ts';

export interface Heard {
  code: number;
  /** What it wrote to stdout. */
  text: string;
}

/** What `run` writes is not seen. */
export async function heard(run: () => Promise<number>): Promise<Heard> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    return { code: await run(), text: write.mock.calls.map(([part]) => part).join('') };
  } finally {
    write.mockRestore();
    quiet.mockRestore();
  }
}

/** `bench gate history` for `call`. */
export function asCommand(definition: CommandDefinition, name: string): CommandDefinition {
  const found = definition.subcommands?.find(one => one.name === name);
  if (!found) throw new Error(`${definition.name} has no ${name}`);
  return { ...found, group: definition.group };
}

/** A UserError is thrown. */
export const hear = (definition: CommandDefinition, ...args: string[]): Promise<Heard> =>
  heard(() => start(definition, args));

/** `error` is what a UserError says; empty without one. */
export async function call(definition: CommandDefinition, ...args: string[]): Promise<Heard & { error: string }> {
  let error = '';
  const { code, text } = await heard(() =>
    start(definition, args).catch(thrown => {
      if (!(thrown instanceof UserError)) throw thrown;
      error = thrown.message;
      return thrown.exitCode;
    }),
  );
  return { code, text, error };
}

async function start(definition: CommandDefinition, args: readonly string[]): Promise<number> {
  const command = new Command(definition.name).exitOverride().configureOutput({ outputError: () => {} });
  definition.configure(command);
  command.action(() => {}).parse(args, { from: 'user' });
  return definition.run(command.args, command.opts());
}

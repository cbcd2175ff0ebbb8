import type { Command } from 'commander';

export type CommandGroup = 'experiments' | 'gates' | 'parts' | 'store' | 'set-up';

/**
 * One file in src/cli/commands/ exports one of these as `default`. Nothing heavy is imported at its top: `run` imports
 * what it needs, so that `bench --help` stays instant.
 */
export interface CommandDefinition {
  name: string;
  group: CommandGroup;
  /** One line for `bench --help`. */
  summary: string;
  /** Adds arguments and options. */
  configure(command: Command): void;
  /** Returns the exit code. Results go to stdout, progress to stderr. */
  run(args: readonly string[], options: Record<string, unknown>): Promise<number>;
  /** Commands below it, each with options of its own: `bench gate history`. */
  subcommands?: readonly Subcommand[];
}

export type Subcommand = Omit<CommandDefinition, 'group' | 'subcommands'>;

/** An identity that gives the types. */
export const defineCommand = (definition: CommandDefinition): CommandDefinition => definition;

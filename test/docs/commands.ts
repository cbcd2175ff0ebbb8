/** What a page names, held against what there is: commands and their options, npm's scripts, files. */
import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.ts';
import { afterBench, codeOf, type MarkdownPage } from './markdown.ts';

const LANGUAGES = ['sh', 'bash', 'console', 'yaml', ''];
/** Where a command ends in a line of shell, or in a column of several. */
const ENDS = /\s\||[;&>#]|\s{3,}|\sbench\s/;
/** They take options that are no part of their help: those of nets, and `-tag`. */
const TAKE_ANY = ['nets', 'tag'];
const FILE = /^(?:src|test|docs|scripts|experiments|bench|templates|baselines|reports|python)\/[\w./-]+\.[a-z]+$/;

const program = await createProgram(undefined, () => {});
const optionsOf = ({ options }: Command): string[] => options.flatMap(({ long }) => long ?? []);
export const commandNames: readonly string[] = program.commands.map(command => command.name());
const everyCommand = program.commands.flatMap(command => [command, ...command.commands]);
const everyOption = new Set(['--help', '--version', ...everyCommand.flatMap(optionsOf)]);
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** Of each `bench …`. */
export function unknownCommands(page: MarkdownPage): string[] {
  return codeOf(page, LANGUAGES).flatMap(afterBench).flatMap(problemsOf);
}

/** Options that stand alone, such as `--device gpu`. */
export function unknownOptions({ spans }: MarkdownPage): string[] {
  const named = spans.filter(span => span.startsWith('--')).flatMap(optionsIn);
  return named.filter(option => !everyOption.has(option));
}

export function unknownScripts(page: MarkdownPage): string[] {
  const named = codeOf(page, LANGUAGES).flatMap(text =>
    [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name]) => `${name}`),
  );
  return named.filter(name => !(name in scripts));
}

export const unknownFiles = ({ spans }: MarkdownPage): string[] =>
  spans.filter(span => FILE.test(span) && !existsSync(span));

function problemsOf(rest: string): string[] {
  const words = (rest.split(ENDS)[0] as string)
    .replaceAll(/[[\],…`]/g, ' ')
    .trim()
    .split(/\s+/);
  const [name = '', second] = words;
  const asked = words.flatMap(optionsIn);
  if (!/^[a-z][a-z-]*$/.test(name)) return asked.filter(option => !everyOption.has(option));
  const command = program.commands.find(one => one.name() === name);
  if (command === undefined) return [`bench ${name}`];
  if (TAKE_ANY.includes(name)) return [];
  const sub = command.commands.find(one => one.name() === second);
  const known = new Set(['--help', ...optionsOf(sub ?? command)]);
  return asked.filter(option => !known.has(option)).map(option => `bench ${name} ${option}`);
}

const optionsIn = (text: string): string[] => /^--[a-z][a-z-]*/.exec(text)?.slice(0, 1) ?? [];

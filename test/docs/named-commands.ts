/** The commands that pages name, and what is put in place of their capital words. */
import { afterBench, codeOf, markdownPages } from './markdown.ts';

/** CONTRIBUTING.md has a test of its own; tour and guide too. */
const PAGES_OF_THEIR_OWN = /CONTRIBUTING|CHANGELOG|tour|from-table|your-project/;
const LANGUAGES = ['sh', 'bash', 'console', ''];
/** Where a command ends: at a comment, a pipe, or the next column. */
const ENDS = /\s#|\s{3,}|\sbench\s|\s\|\s|`/;

const NO_WORDS = 'names a command without what it needs';

const NOT_RUN: readonly [RegExp, string][] = [
  [/^serve|--open/, 'shows a page until it is stopped'],
  [/slurm|^watch|^cancel/, 'npm run test:cluster'],
  [/gpu/, 'needs a GPU'],
  [/^run (all|TAG|degradation-34$)|^data fetch|my-experiment/, 'takes long, or downloads'],
  [/^speed|--base|bisect|^gate init|^reproduce/, 'npm run test:speed-gate and tests of their own'],
  [/mlflow/, 'npm run test:exchange'],
  [
    /^(weights|nets) [a-z]+$|^(data show|show --plot|report --format pdf|gate --no-run|list --where|sql "SELECT ")$/,
    NO_WORDS,
  ],
  [/^resume|^delete|field=value/, 'needs a run that was stopped, or is an example of a form'],
];

/** By what the command begins with: what a capital word is there. Then what it is everywhere. */
const MEANINGS: readonly [RegExp, Record<string, string>][] = [
  [/^new /, { NAME: 'mine' }],
  [/^data /, { NAME: 'fashion-mnist' }],
  [/^nets /, { NAME: 'resnet-20' }],
  [/^chart /, { NAME: 'final-loss', FILE: 'loss.svg' }],
  [/^baseline /, { NAME: 'other', E: 'kernel --tier quick' }],
  [/^weights /, { FILE: 'weights.safetensors', NET: 'tiny --input 16x16x3 --classes 2' }],
  [/^gate history/, { METRIC: 'train.loss' }],
];
const EVERYWHERE: Record<string, string> = {
  ...{ EXPERIMENT: 'kernel', E: 'kernel', ID: 'kernel', ARM: 'kernel/three', NET: 'resnet-20', BENCHMARK: 'x' },
  ...{ DIR: 'out', FOLDER: 'figures', FORMAT: 'jsonl', PATH: 'exported', 'image.jpg': 'images/test/down/0.png' },
};

/** Each once, options in brackets left out, a choice of words once for each. */
export function namedCommands(): string[] {
  const pages = markdownPages().filter(({ path }) => !PAGES_OF_THEIR_OWN.test(path));
  const named = pages.flatMap(page => codeOf(page, LANGUAGES)).flatMap(afterBench);
  const bare = named.map(text => (text.split(ENDS)[0] as string).replaceAll(/\[[^\]]*\]|…/g, '').trim());
  return [...new Set(bare.filter(text => /^[a-z]+ \S/.test(text)).flatMap(choices))];
}

export const whyNotRun = (command: string): string | null =>
  NOT_RUN.find(([pattern]) => pattern.test(command))?.[1] ?? null;

export function fill(command: string, words: Record<string, string>): string {
  const [, special = {}] = MEANINGS.find(([pattern]) => pattern.test(command)) ?? [];
  const known = { ...EVERYWHERE, ...words, ...special };
  return command
    .split(/(\s+)/)
    .map(word => known[word] ?? word.replace(/(?<=:)[A-Z]+$/, name => known[name] ?? name))
    .join('');
}

/** `show A|B --format x|y` → four commands. */
function choices(command: string): string[] {
  const [before, some, behind] = /^(.*?)(?<=\s)([\w.-]+(?:\|[\w.-]+)+)(.*)$/.exec(command)?.slice(1) ?? [];
  if (some === undefined) return [command];
  return some.split('|').flatMap(one => choices(`${before}${one}${behind}`));
}

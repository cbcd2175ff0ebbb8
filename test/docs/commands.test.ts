/** README.md and docs/ name no command, option, script or file that is not there. */
import { describe, expect, test } from 'vitest';
import { commandNames, unknownCommands, unknownFiles, unknownOptions, unknownScripts } from './commands.ts';
import { type MarkdownPage, markdownPages } from './markdown.ts';

/** Options of other programs, and of scripts. */
const FOREIGN = [
  '--kinds',
  '--scale',
  '--minutes',
  '--nets',
  '--parts',
  '--factor',
  '--benchmark-compare-fail',
  '--ignore-scripts',
];
/** Files that commands make. */
const TO_BE_MADE = /my-claim|^(nets|experiments)\/dots?\.ts$|\b(ID|NAME)\.(json|ts)$|^reports\/index\.html$/;

/** What CONTRIBUTING.md adds. */
const TO_BE_ADDED = ['bench places'];

const pages = markdownPages();

describe.each(pages)('$path', page => {
  test('commands and their options', () =>
    expect(unknownCommands(page).filter(name => !TO_BE_ADDED.includes(name))).toEqual([]));
  test('options', () => expect(unknownOptions(page).filter(option => !FOREIGN.includes(option))).toEqual([]));
  test('scripts of npm', () => expect(unknownScripts(page)).toEqual([]));
  test('files', () => expect(unknownFiles(page).filter(file => !TO_BE_MADE.test(file))).toEqual([]));
});

test('README.md names every command', () => {
  const words = new Set(pages.find(({ path }) => path === 'README.md')?.spans.flatMap(span => span.split(/[ |]+/)));
  // That is `bench` alone.
  expect(commandNames.filter(name => !words.has(name) && name !== 'next')).toEqual([]);
});

test('what is not there is found', () => {
  const page: MarkdownPage = {
    path: 'x.md',
    headings: [],
    links: [],
    spans: ['bench runn degradation-34', 'npx bench run X --teir smoke', '--devise gpu', 'npm run tset', 'src/none.ts'],
    blocks: [{ language: 'sh', text: 'bench gate history --bogus # a comment --x\nbench list | wc --lines' }],
  };
  expect(unknownCommands(page)).toEqual(['bench runn', 'bench run --teir', 'bench gate --bogus']);
  expect(unknownOptions(page)).toEqual(['--devise']);
  expect(unknownScripts(page)).toEqual(['tset']);
  expect(unknownFiles(page)).toEqual(['src/none.ts']);
});

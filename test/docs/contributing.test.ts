/** The commits of CONTRIBUTING.md, applied to a copy of this project one after the other, and the commands under them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { ProjectCopy } from '../e2e/project-copy.ts';
import { type MarkdownPage, markdownPages } from './markdown.ts';

vi.setConfig({ testTimeout: 240_000 }); // the compiler and a dozen processes, on machines that may be busy

const { blocks } = markdownPages().find(({ path }) => path === 'CONTRIBUTING.md') as MarkdownPage;

interface Addition {
  file: string;
  patch: string;
  /** Each with what it must print. */
  commands: { words: string[]; printed: string }[];
}

const additions = blocks.reduce<Addition[]>((found, { language, text }, i) => {
  if (language === 'diff') found.push({ file: filesOf(text).join(), patch: `${text}\n`, commands: [] });
  if (language === 'sh' && blocks[i + 1]?.language === 'text')
    found.at(-1)?.commands.push({ words: text.split(' ').slice(2), printed: blocks[i + 1]?.text ?? '' });
  return found;
}, []);

test('each addition is one new file, of seven kinds', () => {
  expect(additions.map(({ file }) => file.replace(/\/[^/]*$/, ''))).toEqual([
    'src/nets',
    'src/data',
    'src/stats/curve-metrics',
    'experiments',
    'src/report/charts',
    'src/cli/commands',
    'src/runner/executors',
  ]);
  for (const { patch } of additions) expect(patch).toContain('\nnew file mode 100644\n');
});

describe('in a copy of the project', () => {
  const copy = new ProjectCopy();
  const must = async (...command: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await copy.run(command);
    expect(exitCode, `${command.join(' ')}\n${stdout}${stderr}`).toBe(0);
    return stdout;
  };

  test('the commits apply, compile, and are formatted', async () => {
    for (const [i, { patch }] of additions.entries()) {
      const path = join(copy.folder, `${i}.patch`);
      writeFileSync(path, patch);
      await must('git', 'apply', path);
    }
    await must('npx', 'tsc', '-b');
    await must('npx', 'biome', 'check', ...additions.map(({ file }) => file));
  });

  test.each(additions.flatMap(({ commands }) => commands))('bench $words', async ({ words, printed }) => {
    const { exitCode, stdout, stderr } = await copy.bench(...words);
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain(printed);
  });
});

function filesOf(patch: string): string[] {
  return [...patch.matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, file]) => file as string);
}

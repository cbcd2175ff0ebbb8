/** The package as `npm pack` makes it, and the project of docs/your-project.md that uses it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { markdownPages } from '../docs/markdown.ts';

/** Gives the tarball's path. The code must be compiled. */
export function pack(into: string): string {
  const printed = execFileSync('npm', ['pack', '--json', '--pack-destination', into], { encoding: 'utf8' });
  const [{ filename }] = JSON.parse(printed) as [{ filename: string }];
  return join(into, filename);
}

/** Its code as the page shows it: by path, of which the page names each before its block. */
export function tenLines(): Record<string, string> {
  const page = markdownPages().find(({ path }) => path === 'docs/your-project.md');
  const code = page?.blocks.filter(({ language }) => language === 'ts').map(({ text }) => `${text}\n`) ?? [];
  const paths = page?.spans.filter(span => /^(nets|experiments)\/\w+\.ts$/.test(span)) ?? [];
  return Object.fromEntries(paths.map((path, i) => [path, code[i] as string]));
}

export function writeProject(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

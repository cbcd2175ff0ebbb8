/** A git repository in a folder of its own, for tests of provenance. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { newFolder } from './new-folder.ts';

export class Repository {
  readonly folder: string;

  /** It is removed when the test ends, or when `atEnd` calls. */
  constructor(files: Record<string, string | Buffer>, atEnd: (remove: () => void) => void = onTestFinished) {
    this.folder = newFolder(atEnd);
    this.git('init', '-q', '-b', 'main');
    for (const [name, value] of [
      ['user.name', 'test'],
      ['user.email', 'test@example.org'],
      ['commit.gpgsign', 'false'],
    ] as const) {
      this.git('config', name, value);
    }
    this.write(files);
    this.commit();
  }

  write(files: Record<string, string | Buffer>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), content);
    }
  }

  /** Returns the commit. */
  commit(): string {
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', 'x');
    return this.git('rev-parse', 'HEAD').trim();
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

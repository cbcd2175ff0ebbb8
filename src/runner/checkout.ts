/** The code that planned a run: the commit, and all that the checkout differs from it in, bounded and without secrets. */
import { copyFileSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { sha256 } from '../core/ids.ts';
import { textIfThere } from '../core/if-there.ts';
import { packageRoot } from '../core/places.ts';
import type { Provenance, SourcePatch } from '../core/results.ts';
import { redact } from '../core/secrets.ts';
import { git, gitPath, topOf } from './git.ts';

/** What travels with every run; larger changes had better be committed. */
const MAX_PATCH_BYTES = 256 * 1024;
const MAX_UNTRACKED_BYTES = 128 * 1024;
const MAX_UNTRACKED_FILES = 200;
const SOURCES = /^\.(?:[cm]?[jt]sx?|json|ya?ml|toml|sh|py|sql|c|cc|cpp|h)$/;
/** Files that are made to hold secrets: not even a redacted copy is kept. */
const SECRET_FILES =
  /^(?:\.env.*|\.netrc|\.npmrc|\.pypirc|id_[a-z0-9]+|.*\.(?:pem|key|p12|pfx|jks)|.*credentials?.*|.*secrets?\..*)$/i;

export type Checkout = Omit<Provenance['code'], 'codeHash'>;

/** Nulls outside a git checkout. `root` is any folder inside it. */
export function checkoutProvenance(root = packageRoot): Checkout {
  const commit = git(root, ['rev-parse', 'HEAD'])?.trim() || null;
  const top = topOf(root);
  const change = commit === null || top === null ? { patch: null, patchHash: null } : changeOf(top);
  return { commit, dirty: change.patch !== null, lockfileHash: lockfileHash(root), ...change };
}

/** Of a checkout's packages; null if nothing pins them. */
export function lockfileHash(root: string): string | null {
  const lockfile = textIfThere(join(root, 'package-lock.json'));
  return lockfile === null ? null : sha256(lockfile);
}

function changeOf(top: string): Pick<Checkout, 'patchHash'> & { patch: SourcePatch | null } {
  const { chosen, leftOut } = untrackedSources(top);
  const diff = diffWith(top, chosen);
  if (diff === null)
    return { patchHash: null, patch: emptyPatch(['all files (git could not compare them)', ...leftOut]) };
  if (diff === '' && leftOut.length === 0) return { patchHash: null, patch: null };
  return { patchHash: sha256(diff), patch: boundedPatch(diff, leftOut) };
}

/** Files that git does not know and does not ignore. Only sources: data and results are not code. */
function untrackedSources(top: string): { chosen: string[]; leftOut: string[] } {
  const names = (git(top, ['ls-files', '--others', '--exclude-standard', '-z']) ?? '').split('\0').filter(Boolean);
  const sources = names.filter(name => SOURCES.test(extname(name)) || SECRET_FILES.test(basename(name)));
  const chosen: string[] = [];
  const leftOut: string[] = [];
  for (const name of sources) {
    const why = reasonAgainst(join(top, name), chosen.length);
    if (why === null) chosen.push(name);
    else leftOut.push(`${name} (${why})`);
  }
  return { chosen, leftOut };
}

function reasonAgainst(path: string, before: number): string | null {
  if (SECRET_FILES.test(basename(path))) return 'may hold secrets';
  if (before >= MAX_UNTRACKED_FILES) return `more than ${MAX_UNTRACKED_FILES} new files`;
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return bytes > MAX_UNTRACKED_BYTES ? `${bytes} bytes` : null;
}

/** Against the commit. Untracked files are entered in a copy of the index: the user's own stays as it is. */
function diffWith(top: string, untracked: readonly string[]): string | null {
  const workshop = mkdtempSync(join(tmpdir(), 'bench-index-'));
  try {
    const index = join(workshop, 'index');
    copyIndex(gitPath(top, 'index'), index);
    const env = { GIT_INDEX_FILE: index };
    const input = untracked.join('\0');
    const add = ['add', '--intent-to-add', '--pathspec-from-file=-', '--pathspec-file-nul'];
    if (untracked.length > 0 && git(top, ['--literal-pathspecs', ...add], { env, input }) === null) return null;
    return git(top, DIFF, { env });
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** The user's settings must not change what a patch looks like. */
const DIFF = [
  ...['-c', 'core.quotePath=true', '-c', 'diff.noprefix=false', '-c', 'diff.mnemonicPrefix=false'],
  ...[
    'diff',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    'HEAD',
  ],
];

/** Whole files until the limit is reached, so that what is kept still applies. */
function boundedPatch(diff: string, untrackedLeftOut: readonly string[]): SourcePatch {
  const patch = emptyPatch(untrackedLeftOut);
  let text = '';
  for (const section of diff.split(/^(?=diff --git )/m).filter(Boolean)) {
    const why = reasonAgainstSection(section, text.length);
    if (why === null) text += section;
    else patch.leftOut.push(`${nameIn(section)} (${why})`);
  }
  const { text: clean, places } = redact(text);
  return { ...patch, text: clean, bytes: Buffer.byteLength(clean), redacted: places };
}

function reasonAgainstSection(section: string, before: number): string | null {
  if (SECRET_FILES.test(basename(nameIn(section)))) return 'may hold secrets';
  if (/^Binary files .* differ$/m.test(section)) return 'binary';
  return before + section.length > MAX_PATCH_BYTES ? `the patch has more than ${MAX_PATCH_BYTES} bytes` : null;
}

const nameIn = (section: string): string =>
  redact(/^diff --git "?a\/.*? "?b\/(.*?)"?$/m.exec(section)?.[1] ?? '?').text;

const emptyPatch = (leftOut: readonly string[]): SourcePatch => ({
  text: '',
  bytes: 0,
  redacted: 0,
  leftOut: leftOut.map(line => redact(line).text),
});

/**
 * With its time, and if there is one: git takes a file that is older than its index for unchanged, so that a newer copy
 * would hide what was changed in the moment after a commit.
 */
function copyIndex(from: string, to: string): void {
  try {
    copyFileSync(from, to);
    const { atimeMs, mtimeMs } = statSync(from);
    utimesSync(to, atimeMs / 1000, Math.floor(mtimeMs) / 1000);
  } catch {}
}

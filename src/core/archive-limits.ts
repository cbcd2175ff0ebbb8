/** What an archive from elsewhere may cost: asked before and while it is unpacked, as its headers may lie. */
import { UserError } from './errors.ts';
import { pathProblem } from './safe-path.ts';

export interface ArchiveLimits {
  entries: number;
  /** Of all entries, unpacked. */
  bytes: number;
  entryBytes: number;
  /** Unpacked to packed; small entries are spared, as a page of zeros is no attack. */
  ratio: number;
}

const ARCHIVE_LIMITS: ArchiveLimits = { entries: 100_000, bytes: 16e9, entryBytes: 4e9, ratio: 200 };
const RATIO_FREE_BYTES = 1_000_000;

export interface ArchiveEntry {
  /** As the archive has it. */
  path: string;
  kind: 'file' | 'folder' | 'other';
}

/**
 * One for each archive. Call `enter` for every entry, then `take` for every piece that was unpacked of it. Both throw
 * one line as soon as a limit is passed; what is unpacked by then is the caller's to remove.
 */
export class ArchiveGuard {
  readonly #archive: string;
  readonly #packedBytes: number;
  readonly #limits: ArchiveLimits;
  #entries = 0;
  #bytes = 0;
  #entryBytes = 0;
  #entry = '';

  constructor(archive: string, packedBytes: number, limits: ArchiveLimits = ARCHIVE_LIMITS) {
    this.#archive = archive;
    this.#packedBytes = packedBytes;
    this.#limits = limits;
  }

  enter({ path, kind }: ArchiveEntry): void {
    this.#entry = path;
    this.#entryBytes = 0;
    const problem = pathProblem(kind === 'folder' ? path.replace(/\/$/, '') : path);
    if (problem !== null) throw this.#refusal(`its entry ${JSON.stringify(path.slice(0, 80))} is refused: ${problem}`);
    if (kind === 'other') throw this.#refusal(`its entry "${path}" is a link or a device; only files are taken`);
    if (++this.#entries > this.#limits.entries) throw this.#refusal(`it has more than ${this.#limits.entries} entries`);
  }

  take(bytes: number): void {
    this.#bytes += bytes;
    this.#entryBytes += bytes;
    const { bytes: most, entryBytes, ratio } = this.#limits;
    if (this.#entryBytes > entryBytes) throw this.#refusal(`"${this.#entry}" unpacks to more than ${entryBytes} bytes`);
    if (this.#bytes > most) throw this.#refusal(`it unpacks to more than ${most} bytes`);
    if (this.#bytes > RATIO_FREE_BYTES && this.#bytes > ratio * this.#packedBytes) {
      throw this.#refusal(`it unpacks to more than ${ratio} times its ${this.#packedBytes} bytes`);
    }
  }

  #refusal(why: string): UserError {
    return new UserError(`archive ${this.#archive}: ${why}. Nothing of it was imported.`);
  }
}

import { closeSync, existsSync, openSync } from 'node:fs';
import type { JournalEvent } from '../core/journal.ts';
import { readPiece } from '../core/journal-reader.ts';

/** The whole events of a journal, in order; none if there is no file yet. A torn tail ends them. */
export function* journalEvents(path: string): Generator<JournalEvent> {
  if (!existsSync(path)) return;
  const fd = openSync(path, 'r');
  try {
    for (let offset = 0; ; ) {
      const piece = readPiece(fd, offset, path);
      yield* piece.events;
      if (piece.tail !== 'more') return;
      offset = piece.offset;
    }
  } finally {
    closeSync(fd);
  }
}

/** What people said of runs. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What people said of runs, as the file `curation.jsonl` beside the store has it. By id: the file may be ahead of the runs. */
export const curation = sqliteTable('curation', {
  run: text('run').primaryKey(),
  /** JSON: sorted texts, beside those that the run itself has in its cell. */
  tags: text('tags').notNull(),
  /** JSON: tags that were taken from it. */
  untagged: text('untagged').notNull(),
  note: text('note'),
  starred: integer('starred').notNull(),
  archived: integer('archived').notNull(),
  /** When it was deleted; NULL: it was not. */
  deletedAt: integer('deleted_at'),
});

/** One row: how much of `curation.jsonl` is in `curation`. */
export const curationSource = sqliteTable('curation_source', {
  key: integer('key').primaryKey(),
  bytes: integer('bytes').notNull(),
});

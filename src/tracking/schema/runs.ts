/** Runs, and the journals that tell of them. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { cells } from './cells.ts';

export const runs = sqliteTable(
  'runs',
  {
    key: integer('key').primaryKey(),
    id: text('id').notNull().unique(),
    cell: integer('cell').references(() => cells.key),
    startedAt: integer('started_at'),
    /** Bytes of the journal that are recorded, and the CRC-32 of the last of them: another journal will not match. */
    journalOffset: integer('journal_offset').notNull().default(0),
    journalAnchor: integer('journal_anchor').notNull().default(0),
    /** What the times of its points count from, in milliseconds since 1970: a tenth of the store is spared. NULL without points. */
    pointsSince: integer('points_since'),
  },
  table => [index('runs_cell').on(table.cell), index('runs_started').on(table.startedAt)],
);

/** Where journals were found. A copied folder is a second row of the same run. */
export const journals = sqliteTable(
  'journals',
  {
    /** Relative to the store's folder, so that both can move together. */
    folder: text('folder').primaryKey(),
    run: integer('run')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    /** Size when last read. */
    bytes: integer('bytes').notNull(),
    /** One line, if it cannot be read to its end. */
    problem: text('problem'),
    /** When it was last found to have grown, and when its writer was last known to live: both on the recorder's clock. */
    readAt: integer('read_at'),
    heardAt: integer('heard_at'),
  },
  table => [index('journals_run').on(table.run)],
);

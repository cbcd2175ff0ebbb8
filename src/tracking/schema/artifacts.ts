/** Files that runs made. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { runs } from './runs.ts';

export const artifacts = sqliteTable(
  'artifacts',
  {
    run: integer('run')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Relative to the run's folder. */
    path: text('path').notNull(),
    sha256: text('sha256').notNull(),
    bytes: integer('bytes').notNull(),
    time: integer('time').notNull(),
  },
  table => [primaryKey({ columns: [table.run, table.name] })],
);

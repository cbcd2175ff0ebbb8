/** Executions of runs, and what they were made of. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { runs } from './runs.ts';

export const attempts = sqliteTable(
  'attempts',
  {
    run: integer('run')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    attempt: integer('attempt').notNull(),
    pid: integer('pid').notNull(),
    processStart: text('process_start').notNull(),
    host: text('host').notNull(),
    fromStep: integer('from_step').notNull(),
    startedAt: integer('started_at').notNull(),
    lastEventAt: integer('last_event_at').notNull(),
    step: integer('step').notNull(),
    endState: text('end_state'),
    endedAt: integer('ended_at'),
    reason: text('reason'),
    provenance: integer('provenance').references(() => provenance.key),
  },
  table => [
    primaryKey({ columns: [table.run, table.attempt] }),
    // Runs whose state must be found out, among thousands whose state is known.
    index('attempts_open').on(table.run).where(sql`end_state IS NULL`),
  ],
);

/** Each different provenance once: most attempts of a sitting share it. */
export const provenance = sqliteTable('provenance', {
  key: integer('key').primaryKey(),
  hash: text('hash').notNull().unique(),
  /** JSON. */
  content: text('content').notNull(),
});

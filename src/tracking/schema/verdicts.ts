/** What was concluded. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Every verdict that was drawn; those of one sitting share `drawnAt`. */
export const verdicts = sqliteTable(
  'verdicts',
  {
    key: integer('key').primaryKey(),
    experiment: text('experiment').notNull(),
    tier: text('tier').notNull(),
    specHash: text('spec_hash').notNull(),
    drawnAt: integer('drawn_at').notNull(),
    claim: text('claim').notNull(),
    outcome: text('outcome').notNull(),
    /** JSON: the whole verdict; numbers that are not finite as words. */
    verdict: text('verdict').notNull(),
  },
  table => [index('verdicts_of').on(table.experiment, table.tier, table.specHash, table.drawnAt)],
);

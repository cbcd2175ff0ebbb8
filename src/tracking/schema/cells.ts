/** What was to be run: experiments, their cells, and the configuration of those. */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const experiments = sqliteTable('experiments', {
  id: text('id').primaryKey(),
  firstSeenAt: integer('first_seen_at').notNull(),
});

/** An arm × a seed of one experiment at one tier, under one spec. */
export const cells = sqliteTable(
  'cells',
  {
    key: integer('key').primaryKey(),
    experiment: text('experiment')
      .notNull()
      .references(() => experiments.id),
    tier: text('tier').notNull(),
    arm: text('arm').notNull(),
    /** JSON: factor → level. */
    levels: text('levels').notNull(),
    seed: integer('seed').notNull(),
    steps: integer('steps').notNull(),
    specHash: text('spec_hash').notNull(),
    codeHash: text('code_hash').notNull(),
    dataHash: text('data_hash').notNull(),
    identity: text('identity').notNull(),
    /** JSON: the whole cell. */
    cell: text('cell').notNull(),
  },
  table => [
    uniqueIndex('cells_same').on(table.experiment, table.tier, table.specHash, table.arm, table.seed, table.identity),
    index('cells_identity').on(table.identity),
  ],
);

/** The configuration of a cell by dotted name, for filters in SQL. */
export const params = sqliteTable(
  'params',
  {
    cell: integer('cell')
      .notNull()
      .references(() => cells.key, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** JSON. */
    value: text('value').notNull(),
  },
  table => [primaryKey({ columns: [table.cell, table.name] })],
);

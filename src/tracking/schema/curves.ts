/** Final figures and curves. */
import { integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { runs } from './runs.ts';

/** Small integers instead of names in `stretches` and `metrics`. */
export const metricNames = sqliteTable('metric_names', {
  key: integer('key').primaryKey(),
  name: text('name').notNull().unique(),
});

/** Final figures. A value that is NULL is NaN, which SQLite cannot hold; infinities are kept as such. */
export const metrics = sqliteTable(
  'metrics',
  {
    run: integer('run')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    metric: integer('metric')
      .notNull()
      .references(() => metricNames.key),
    value: real('value'),
    time: integer('time').notNull(),
  },
  table => [primaryKey({ columns: [table.run, table.metric] })],
);

/**
 * A curve's steps by 2^24: nearly every curve is one stretch. Its points lie in `point_values` under key × 2^24 and the
 * step within it, so that one number says run, metric and step, and rows that are appended fill their page.
 */
export const stretches = sqliteTable(
  'stretches',
  {
    key: integer('key').primaryKey(),
    run: integer('run')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    metric: integer('metric')
      .notNull()
      .references(() => metricNames.key),
    /** The first step, divided by 2^24. */
    high: integer('high').notNull(),
  },
  table => [uniqueIndex('stretches_of').on(table.run, table.metric, table.high)],
);

/**
 * Curves. NULL is NaN, as in `metrics`. Times count from the run's `points_since`. No foreign key: it would be looked up
 * for each of millions of rows. The view `points` shows the same by run, metric and step.
 */
export const pointValues = sqliteTable('point_values', {
  /** Stretch × 2^24 + the step within it. */
  at: integer('at').primaryKey(),
  value: real('value'),
  time: integer('time').notNull(),
});

/** Sums over 256 steps of a curve, written once the curve is past them: see `point-writer.ts`. */
export const pointBlocks = sqliteTable(
  'point_blocks',
  {
    run: integer('run').notNull(),
    metric: integer('metric').notNull(),
    /** step >> 8. */
    block: integer('block').notNull(),
    points: integer('points').notNull(),
    /** Points that are not NaN; the others below are over these. */
    numbers: integer('numbers').notNull(),
    min: real('min'),
    max: real('max'),
    sum: real('sum'),
  },
  table => [primaryKey({ columns: [table.run, table.metric, table.block] })],
);

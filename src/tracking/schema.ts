/**
 * The store's tables. From these, `npm run migrations` writes the SQL in migrations/, and the tests hold a store to them.
 * Nothing imports this file at run time, as loading drizzle would cost every command 70 ms.
 *
 * After generating: drizzle cannot say WITHOUT ROWID, so it is added by hand to the SQL of `points`, `point_blocks`,
 * `metrics` and `params` (a later migration that rebuilds one of them must add it again). The views that people may query
 * are SQL in the migrations alone; `docs/store.md` lists them. Times are milliseconds since 1970.
 */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

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

/** Small integers instead of names in `points` and `metrics`. */
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

/** Curves. NULL is NaN, as in `metrics`. Times count from the run's `points_since`. No foreign keys: they would be looked up for each of millions of rows. */
export const points = sqliteTable(
  'points',
  {
    run: integer('run').notNull(),
    metric: integer('metric').notNull(),
    step: integer('step').notNull(),
    value: real('value'),
    time: integer('time').notNull(),
  },
  table => [primaryKey({ columns: [table.run, table.metric, table.step] })],
);

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

/** Each different provenance once: most attempts of a sitting share it. */
export const provenance = sqliteTable('provenance', {
  key: integer('key').primaryKey(),
  hash: text('hash').notNull().unique(),
  /** JSON. */
  content: text('content').notNull(),
});

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

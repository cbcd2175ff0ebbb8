/**
 * The store's tables. From these, `npm run migrations` writes the SQL in migrations/, and the tests hold a store to them.
 * Nothing imports this file at run time, as loading drizzle would cost every command 70 ms.
 *
 * After generating: drizzle cannot say WITHOUT ROWID, so it is added by hand to the SQL of `point_blocks`, `metrics`
 * and `params` (a later migration that rebuilds one of them must add it again). The views that people may query
 * are SQL in the migrations alone; `docs/store.md` lists them. Times are milliseconds since 1970.
 */
export * from './schema/artifacts.ts';
export * from './schema/attempts.ts';
export * from './schema/cells.ts';
export * from './schema/curation.ts';
export * from './schema/curves.ts';
export * from './schema/runs.ts';
export * from './schema/verdicts.ts';

-- WITHOUT ROWID, what fills `point_blocks`, and the views were added by hand (see ../schema.ts).
CREATE TABLE `curation` (
	`run` text PRIMARY KEY NOT NULL,
	`tags` text NOT NULL,
	`untagged` text NOT NULL,
	`note` text,
	`starred` integer NOT NULL,
	`archived` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `curation_source` (
	`key` integer PRIMARY KEY NOT NULL,
	`bytes` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `point_blocks` (
	`run` integer NOT NULL,
	`metric` integer NOT NULL,
	`block` integer NOT NULL,
	`points` integer NOT NULL,
	`numbers` integer NOT NULL,
	`min` real,
	`max` real,
	`sum` real,
	PRIMARY KEY(`run`, `metric`, `block`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `attempts_open` ON `attempts` (`run`) WHERE end_state IS NULL;--> statement-breakpoint
CREATE INDEX `runs_started` ON `runs` (`started_at`);--> statement-breakpoint
INSERT INTO `point_blocks`
	SELECT run, metric, step >> 8, count(*), count(value), min(value), max(value), sum(value) FROM `points` AS p
	WHERE step < ((SELECT max(step) FROM `points` WHERE run = p.run AND metric = p.metric) >> 8) << 8
	GROUP BY run, metric, step >> 8;
--> statement-breakpoint
CREATE VIEW `v_tags` AS
	SELECT runs.id AS run, tag.value AS tag
	FROM runs JOIN cells ON cells.key = runs.cell LEFT JOIN curation AS said ON said.run = runs.id,
		json_each(CASE WHEN instr(cells.cell, '"tags":') > 0 THEN coalesce(cells.cell -> '$.tags', '[]') ELSE '[]' END) AS tag
	WHERE tag.value NOT IN (SELECT value FROM json_each(coalesce(said.untagged, '[]')))
	UNION
	SELECT curation.run, tag.value FROM curation, json_each(curation.tags) AS tag;
--> statement-breakpoint
CREATE VIEW `v_runs` AS
	SELECT runs.id AS run, cells.experiment, cells.tier, cells.arm, cells.seed,
		CASE WHEN last.run IS NULL THEN 'pending' ELSE coalesce(last.end_state, 'open') END AS state,
		last.reason, coalesce(last.step, 0) AS step, cells.steps, coalesce(last.attempt, 0) AS attempts, last.host,
		runs.started_at, last.last_event_at, last.ended_at,
		(SELECT json_group_array(tag ORDER BY tag) FROM v_tags WHERE v_tags.run = runs.id) AS tags, said.note, coalesce(said.starred, 0) AS starred,
		coalesce(said.archived, 0) AS archived, said.deleted_at IS NOT NULL AS deleted,
		cells.levels, cells.spec_hash, cells.code_hash, cells.data_hash, cells.identity
	FROM runs
	JOIN cells ON cells.key = runs.cell
	LEFT JOIN attempts AS last ON last.run = runs.key
		AND last.attempt = (SELECT max(attempt) FROM attempts WHERE attempts.run = runs.key)
	LEFT JOIN curation AS said ON said.run = runs.id;
--> statement-breakpoint
CREATE VIEW `v_metrics` AS
	SELECT runs.id AS run, metric_names.name AS metric, metrics.value, metrics.time
	FROM metrics JOIN runs ON runs.key = metrics.run JOIN metric_names ON metric_names.key = metrics.metric;
--> statement-breakpoint
CREATE VIEW `v_points` AS
	SELECT runs.id AS run, metric_names.name AS metric, points.step, points.value, points.time
	FROM points JOIN runs ON runs.key = points.run JOIN metric_names ON metric_names.key = points.metric;
--> statement-breakpoint
CREATE VIEW `v_params` AS
	SELECT runs.id AS run, params.name, params.value FROM params JOIN runs ON runs.cell = params.cell;
--> statement-breakpoint
CREATE VIEW `v_attempts` AS
	SELECT runs.id AS run, attempts.attempt, attempts.pid, attempts.host, attempts.from_step, attempts.step,
		attempts.started_at, attempts.last_event_at, attempts.end_state, attempts.ended_at, attempts.reason
	FROM attempts JOIN runs ON runs.key = attempts.run;
--> statement-breakpoint
CREATE VIEW `v_artifacts` AS
	SELECT runs.id AS run, artifacts.name, artifacts.path, artifacts.sha256, artifacts.bytes, artifacts.time
	FROM artifacts JOIN runs ON runs.key = artifacts.run;
--> statement-breakpoint
CREATE VIEW `v_verdicts` AS
	SELECT experiment, tier, spec_hash, drawn_at, claim, outcome, verdict FROM verdicts;

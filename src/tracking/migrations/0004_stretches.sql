CREATE TABLE `point_values` (
	`at` integer PRIMARY KEY NOT NULL,
	`value` real,
	`time` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stretches` (
	`key` integer PRIMARY KEY NOT NULL,
	`run` integer NOT NULL,
	`metric` integer NOT NULL,
	`high` integer NOT NULL,
	FOREIGN KEY (`run`) REFERENCES `runs`(`key`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`metric`) REFERENCES `metric_names`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stretches_of` ON `stretches` (`run`,`metric`,`high`);--> statement-breakpoint
-- Added by hand, as are the views: the points, in the order of their new keys.
INSERT INTO `stretches` (run, metric, high)
	SELECT DISTINCT run, metric, step / 16777216 FROM `points` ORDER BY run, metric, step / 16777216;
--> statement-breakpoint
INSERT INTO `point_values`
	SELECT stretches.key * 16777216 + p.step % 16777216, p.value, p.time
	FROM `stretches` CROSS JOIN `points` AS p ON p.run = stretches.run AND p.metric = stretches.metric
		AND p.step BETWEEN stretches.high * 16777216 AND stretches.high * 16777216 + 16777215
	ORDER BY stretches.key, p.step;
--> statement-breakpoint
DROP VIEW `v_points`;--> statement-breakpoint
DROP TABLE `points`;--> statement-breakpoint
CREATE VIEW `points` AS
	SELECT run, metric, high * 16777216 + at % 16777216 AS step, value, time
	FROM stretches CROSS JOIN point_values ON at BETWEEN key * 16777216 AND key * 16777216 + 16777215;
--> statement-breakpoint
CREATE VIEW `v_points` AS
	SELECT runs.id AS run, metric_names.name AS metric, high * 16777216 + at % 16777216 AS step, value, time + points_since AS time
	FROM runs CROSS JOIN stretches ON stretches.run = runs.key CROSS JOIN metric_names ON metric_names.key = stretches.metric
		CROSS JOIN point_values ON at BETWEEN stretches.key * 16777216 AND stretches.key * 16777216 + 16777215;

ALTER TABLE `runs` ADD `points_since` integer;--> statement-breakpoint
-- Added by hand, as is what follows: times of points count from the run's beginning.
UPDATE `runs` SET points_since = coalesce(started_at, 0) WHERE key IN (SELECT run FROM `points`);
--> statement-breakpoint
UPDATE `points` SET time = time - (SELECT points_since FROM `runs` WHERE key = `points`.run);
--> statement-breakpoint
DROP VIEW `v_points`;
--> statement-breakpoint
CREATE VIEW `v_points` AS
	SELECT runs.id AS run, metric_names.name AS metric, points.step, points.value, points.time + runs.points_since AS time
	FROM points JOIN runs ON runs.key = points.run JOIN metric_names ON metric_names.key = points.metric;

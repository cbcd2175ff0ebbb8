-- WITHOUT ROWID of points, metrics and params was added by hand: a point costs half as much (see ../schema.ts).
CREATE TABLE `artifacts` (
	`run` integer NOT NULL,
	`name` text NOT NULL,
	`path` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`time` integer NOT NULL,
	PRIMARY KEY(`run`, `name`),
	FOREIGN KEY (`run`) REFERENCES `runs`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `attempts` (
	`run` integer NOT NULL,
	`attempt` integer NOT NULL,
	`pid` integer NOT NULL,
	`process_start` text NOT NULL,
	`host` text NOT NULL,
	`from_step` integer NOT NULL,
	`started_at` integer NOT NULL,
	`last_event_at` integer NOT NULL,
	`step` integer NOT NULL,
	`end_state` text,
	`ended_at` integer,
	`reason` text,
	`provenance` integer,
	PRIMARY KEY(`run`, `attempt`),
	FOREIGN KEY (`run`) REFERENCES `runs`(`key`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`provenance`) REFERENCES `provenance`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `cells` (
	`key` integer PRIMARY KEY NOT NULL,
	`experiment` text NOT NULL,
	`tier` text NOT NULL,
	`arm` text NOT NULL,
	`levels` text NOT NULL,
	`seed` integer NOT NULL,
	`steps` integer NOT NULL,
	`spec_hash` text NOT NULL,
	`code_hash` text NOT NULL,
	`data_hash` text NOT NULL,
	`identity` text NOT NULL,
	`cell` text NOT NULL,
	FOREIGN KEY (`experiment`) REFERENCES `experiments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cells_same` ON `cells` (`experiment`,`tier`,`spec_hash`,`arm`,`seed`,`identity`);--> statement-breakpoint
CREATE INDEX `cells_identity` ON `cells` (`identity`);--> statement-breakpoint
CREATE TABLE `experiments` (
	`id` text PRIMARY KEY NOT NULL,
	`first_seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `journals` (
	`folder` text PRIMARY KEY NOT NULL,
	`run` integer NOT NULL,
	`bytes` integer NOT NULL,
	`problem` text,
	FOREIGN KEY (`run`) REFERENCES `runs`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `journals_run` ON `journals` (`run`);--> statement-breakpoint
CREATE TABLE `metric_names` (
	`key` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `metric_names_name_unique` ON `metric_names` (`name`);--> statement-breakpoint
CREATE TABLE `metrics` (
	`run` integer NOT NULL,
	`metric` integer NOT NULL,
	`value` real,
	`time` integer NOT NULL,
	PRIMARY KEY(`run`, `metric`),
	FOREIGN KEY (`run`) REFERENCES `runs`(`key`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`metric`) REFERENCES `metric_names`(`key`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `params` (
	`cell` integer NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`cell`, `name`),
	FOREIGN KEY (`cell`) REFERENCES `cells`(`key`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `points` (
	`run` integer NOT NULL,
	`metric` integer NOT NULL,
	`step` integer NOT NULL,
	`value` real,
	`time` integer NOT NULL,
	PRIMARY KEY(`run`, `metric`, `step`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `provenance` (
	`key` integer PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`content` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `provenance_hash_unique` ON `provenance` (`hash`);--> statement-breakpoint
CREATE TABLE `runs` (
	`key` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`cell` integer,
	`started_at` integer,
	`journal_offset` integer DEFAULT 0 NOT NULL,
	`journal_anchor` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`cell`) REFERENCES `cells`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `runs_id_unique` ON `runs` (`id`);--> statement-breakpoint
CREATE INDEX `runs_cell` ON `runs` (`cell`);--> statement-breakpoint
CREATE TABLE `verdicts` (
	`key` integer PRIMARY KEY NOT NULL,
	`experiment` text NOT NULL,
	`tier` text NOT NULL,
	`spec_hash` text NOT NULL,
	`drawn_at` integer NOT NULL,
	`claim` text NOT NULL,
	`outcome` text NOT NULL,
	`verdict` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verdicts_of` ON `verdicts` (`experiment`,`tier`,`spec_hash`,`drawn_at`);
ALTER TABLE `journals` ADD `read_at` integer;--> statement-breakpoint
ALTER TABLE `journals` ADD `heard_at` integer;
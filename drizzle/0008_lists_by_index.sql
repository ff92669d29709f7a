CREATE INDEX "completions_source" ON "completions" USING btree ("source","received_at","id");--> statement-breakpoint
CREATE INDEX "credentials_listed" ON "credentials" USING btree ("awarded_at","id") WHERE visibility = 'listed' and revoked_at is null;--> statement-breakpoint
CREATE INDEX "learners_listed" ON "learners" USING btree ("id") WHERE consents->'listed'->>'granted' = 'true';
CREATE TABLE "endorsements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"kid" text NOT NULL,
	"json" text NOT NULL,
	"jwt" text NOT NULL,
	"jwt_kid" text NOT NULL,
	"status_list" integer NOT NULL,
	"status_index" integer NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "endorsements_page" ON "endorsements" USING btree ("issued_at","id");
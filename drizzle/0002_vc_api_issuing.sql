CREATE TABLE "posted_credentials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"issuer" text NOT NULL,
	"credential_id" text,
	"digest" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "posted_statuses" (
	"credential" uuid NOT NULL,
	"purpose" text NOT NULL,
	"n" integer NOT NULL,
	"index" integer NOT NULL,
	CONSTRAINT "posted_statuses_purpose_n_index_pk" PRIMARY KEY("purpose","n","index")
);
--> statement-breakpoint
CREATE TABLE "status_past" (
	"purpose" text NOT NULL,
	"n" integer NOT NULL,
	"index" integer NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"cleared_at" timestamp with time zone NOT NULL,
	CONSTRAINT "status_past_purpose_n_index_set_at_pk" PRIMARY KEY("purpose","n","index","set_at")
);
--> statement-breakpoint
CREATE TABLE "status_series" (
	"series" text PRIMARY KEY NOT NULL,
	"taken" integer NOT NULL
);
--> statement-breakpoint
DROP INDEX "keys_one_active";--> statement-breakpoint
ALTER TABLE "posted_statuses" ADD CONSTRAINT "posted_statuses_credential_posted_credentials_id_fk" FOREIGN KEY ("credential") REFERENCES "public"."posted_credentials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "posted_credentials_name" ON "posted_credentials" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "posted_statuses_credential" ON "posted_statuses" USING btree ("credential");--> statement-breakpoint
CREATE UNIQUE INDEX "keys_one_active" ON "keys" USING btree ("use") WHERE "keys"."state" = 'active' and "keys"."use" <> 'did-key';
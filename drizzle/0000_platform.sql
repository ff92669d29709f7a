CREATE SEQUENCE "public"."status_counter" INCREMENT BY 1 MINVALUE 0 MAXVALUE 9223372036854775807 START WITH 0 CACHE 1;--> statement-breakpoint
CREATE TABLE "completions" (
	"learner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"client_id" text NOT NULL,
	"source" text NOT NULL,
	"record_id" text NOT NULL,
	"type" text NOT NULL,
	"unit" text NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"sequence" bigint NOT NULL,
	"passed" boolean,
	"effect" text NOT NULL,
	"details" jsonb,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "completions_learner_id_id_pk" PRIMARY KEY("learner_id","id")
);
--> statement-breakpoint
CREATE TABLE "enrolments" (
	"learner_id" uuid NOT NULL,
	"track_id" text NOT NULL,
	"version" text NOT NULL,
	"enrolled_at" timestamp with time zone NOT NULL,
	CONSTRAINT "enrolments_learner_id_track_id_pk" PRIMARY KEY("learner_id","track_id")
);
--> statement-breakpoint
CREATE TABLE "mappings" (
	"source" text NOT NULL,
	"activity" text NOT NULL,
	"unit" text NOT NULL,
	"mapped_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mappings_source_activity_pk" PRIMARY KEY("source","activity")
);
--> statement-breakpoint
CREATE TABLE "parked" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"source" text NOT NULL,
	"record_id" text NOT NULL,
	"reason" text NOT NULL,
	"activity" text NOT NULL,
	"record" jsonb NOT NULL,
	"candidates" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"trust_email" boolean NOT NULL,
	"parked_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"client_id" text NOT NULL,
	"source" text NOT NULL,
	"record_id" text NOT NULL,
	"digest" text NOT NULL,
	"answer" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "receipts_client_id_source_record_id_pk" PRIMARY KEY("client_id","source","record_id")
);
--> statement-breakpoint
CREATE TABLE "awards" (
	"learner_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"achievement" text NOT NULL,
	"track_id" text NOT NULL,
	"track_version" text NOT NULL,
	"verdict" jsonb NOT NULL,
	"record" text,
	"awarded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"learner_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"award_id" uuid NOT NULL,
	"achievement" text NOT NULL,
	"subject_id" text NOT NULL,
	"status_list" integer NOT NULL,
	"status_index" integer NOT NULL,
	"kid" text NOT NULL,
	"json" text,
	"jwt" text,
	"jwt_kid" text,
	"awarded_at" timestamp with time zone NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"visibility" text DEFAULT 'link' NOT NULL,
	"revoked_at" timestamp with time zone,
	"revocation_reason" text,
	"revocation_sentence" text,
	"lifted_at" timestamp with time zone,
	"reopened_at" timestamp with time zone,
	"review_at" timestamp with time zone,
	"review_cause" text
);
--> statement-breakpoint
CREATE TABLE "status_bits" (
	"purpose" text NOT NULL,
	"n" integer NOT NULL,
	"index" integer NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "status_bits_purpose_n_index_pk" PRIMARY KEY("purpose","n","index")
);
--> statement-breakpoint
CREATE TABLE "status_key" (
	"one" integer PRIMARY KEY NOT NULL,
	"secret" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "status_lists" (
	"purpose" text NOT NULL,
	"n" integer NOT NULL,
	"json" text NOT NULL,
	"etag" text NOT NULL,
	"signed_at" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	CONSTRAINT "status_lists_purpose_n_pk" PRIMARY KEY("purpose","n")
);
--> statement-breakpoint
CREATE TABLE "learner_identifiers" (
	"kind" text NOT NULL,
	"authority" text NOT NULL,
	"value" text NOT NULL,
	"learner_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "learner_identifiers_kind_authority_value_pk" PRIMARY KEY("kind","authority","value")
);
--> statement-breakpoint
CREATE TABLE "learner_sources" (
	"learner_id" uuid NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "learner_sources_learner_id_source_pk" PRIMARY KEY("learner_id","source")
);
--> statement-breakpoint
CREATE TABLE "learners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text,
	"consents" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "client_secrets" (
	"hash" text PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"sources" text[] NOT NULL,
	"scopes" text[] NOT NULL,
	"trust_email" boolean NOT NULL,
	"may_state_consents" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"use" text NOT NULL,
	"algorithm" text NOT NULL,
	"state" text NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"activated_at" timestamp (3) with time zone,
	"retired_at" timestamp (3) with time zone,
	"compromised_at" timestamp (3) with time zone,
	CONSTRAINT "keys_state" CHECK ("keys"."state" in ('next', 'active', 'retired', 'compromised'))
);
--> statement-breakpoint
CREATE TABLE "quotas" (
	"key" text NOT NULL,
	"window" integer NOT NULL,
	"leased" integer NOT NULL,
	CONSTRAINT "quotas_key_window_pk" PRIMARY KEY("key","window")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_award_id_awards_id_fk" FOREIGN KEY ("award_id") REFERENCES "public"."awards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "learner_identifiers" ADD CONSTRAINT "learner_identifiers_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "learner_sources" ADD CONSTRAINT "learner_sources_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_secrets" ADD CONSTRAINT "client_secrets_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "completions_page" ON "completions" USING btree ("received_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "completions_id" ON "completions" USING btree ("id");--> statement-breakpoint
CREATE INDEX "parked_open" ON "parked" USING btree ("parked_at","id") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "parked_activity" ON "parked" USING btree ("source","activity") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "awards_learner" ON "awards" USING btree ("learner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_live" ON "credentials" USING btree ("learner_id","achievement") WHERE revoked_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_status" ON "credentials" USING btree ("status_list","status_index");--> statement-breakpoint
CREATE INDEX "credentials_page" ON "credentials" USING btree ("awarded_at","id");--> statement-breakpoint
CREATE INDEX "credentials_kid" ON "credentials" USING btree ("kid");--> statement-breakpoint
CREATE INDEX "credentials_review" ON "credentials" USING btree ("review_at") WHERE review_at is not null;--> statement-breakpoint
CREATE INDEX "learner_identifiers_learner" ON "learner_identifiers" USING btree ("learner_id");--> statement-breakpoint
CREATE INDEX "client_secrets_client" ON "client_secrets" USING btree ("client_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "keys_one_active" ON "keys" USING btree ("use") WHERE "keys"."state" = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "keys_one_next" ON "keys" USING btree ("use") WHERE "keys"."state" = 'next';--> statement-breakpoint
CREATE INDEX "quotas_window" ON "quotas" USING btree ("window");
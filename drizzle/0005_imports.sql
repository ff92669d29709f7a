CREATE TABLE "import_chunks" (
	"import_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "import_chunks_import_id_n_pk" PRIMARY KEY("import_id","n")
);
--> statement-breakpoint
CREATE TABLE "import_errors" (
	"import_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"row" bigint NOT NULL,
	"record_id" text,
	"status" integer NOT NULL,
	"code" text NOT NULL,
	"pointer" text,
	"column" text,
	"detail" text NOT NULL,
	CONSTRAINT "import_errors_import_id_n_pk" PRIMARY KEY("import_id","n")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"format" text NOT NULL,
	"dry_run" boolean NOT NULL,
	"state" text NOT NULL,
	"failure" text,
	"bytes_expected" bigint,
	"bytes" bigint NOT NULL,
	"rows" bigint NOT NULL,
	"counts" jsonb NOT NULL,
	"listed" integer NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"touched_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "imports_page" ON "imports" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "imports_open" ON "imports" USING btree ("touched_at") WHERE ended_at is null;
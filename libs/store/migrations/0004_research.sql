CREATE TABLE "sweep_results" (
	"sweep" text NOT NULL,
	"variant" integer NOT NULL,
	"outcome" jsonb NOT NULL,
	"worker" text NOT NULL,
	"finished_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sweep_results_sweep_variant_pk" PRIMARY KEY("sweep","variant")
);
--> statement-breakpoint
CREATE TABLE "trial_deletions" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "trial_deletions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"deleted_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"trials" integer NOT NULL,
	"underlyings" text[] NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"database_user" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trials" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "trials_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"data_hash" text NOT NULL,
	"config_hash" text NOT NULL,
	"command" text NOT NULL,
	"gates" text[] NOT NULL,
	"underlyings" text[] NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"source" text NOT NULL,
	"sessions" integer NOT NULL,
	"trades" integer NOT NULL,
	"net_paise" bigint NOT NULL,
	"sharpe" double precision,
	"tried_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "trials_data_config" UNIQUE("data_hash","config_hash")
);
--> statement-breakpoint
-- The trial ledger is added to and never changed in silence: whoever deletes rows leaves a trace, and nothing else than DELETE removes any.
CREATE FUNCTION trials_leave_trace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO trial_deletions (trials, underlyings, from_date, to_date, database_user)
	SELECT count(*), ARRAY(SELECT DISTINCT unnest(underlyings) FROM removed ORDER BY 1), min(from_date), max(to_date), session_user
	FROM removed HAVING count(*) > 0;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION trials_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the trial ledger is append-only: % of % is refused', TG_OP, TG_TABLE_NAME;
END $$;
--> statement-breakpoint
CREATE TRIGGER trials_deleted AFTER DELETE ON trials REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION trials_leave_trace();
--> statement-breakpoint
CREATE TRIGGER trials_kept BEFORE UPDATE OR TRUNCATE ON trials FOR EACH STATEMENT EXECUTE FUNCTION trials_refuse();
--> statement-breakpoint
CREATE TRIGGER trial_deletions_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON trial_deletions FOR EACH STATEMENT EXECUTE FUNCTION trials_refuse();

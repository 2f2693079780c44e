-- Written by hand: a table becomes partitioned only by a new one taking its place. Rows from before had no spot: 32 says that none was published.
ALTER TABLE "market_stats" RENAME TO "market_stats_whole";
--> statement-breakpoint
ALTER TABLE "market_stats_whole" RENAME CONSTRAINT "market_stats_underlying_source_id_available_at_band_pk" TO "market_stats_whole_pk";
--> statement-breakpoint
CREATE TABLE "market_stats" (
	"underlying" text NOT NULL,
	"source_id" integer NOT NULL,
	"available_at" timestamp(3) with time zone NOT NULL,
	"band" text NOT NULL,
	"event_time" timestamp(3) with time zone NOT NULL,
	"pcr" double precision,
	"pcr_velocity" double precision,
	"call_open_interest" double precision,
	"put_open_interest" double precision,
	"wall_above" double precision,
	"wall_below" double precision,
	"max_pain" double precision,
	"advances" integer,
	"declines" integer,
	"spot" double precision,
	"quality" smallint NOT NULL,
	CONSTRAINT "market_stats_underlying_source_id_available_at_band_pk" PRIMARY KEY("underlying","source_id","available_at","band"),
	CONSTRAINT "market_stats_unknown_has_reason" CHECK ("market_stats"."quality" & 224 <> 0 or num_nulls("market_stats"."pcr", "market_stats"."pcr_velocity", "market_stats"."call_open_interest", "market_stats"."put_open_interest", "market_stats"."wall_above", "market_stats"."wall_below", "market_stats"."max_pain", "market_stats"."advances", "market_stats"."declines", "market_stats"."spot") = 0)
) PARTITION BY RANGE ("available_at");
--> statement-breakpoint
DO $$
DECLARE month timestamp;
BEGIN
	FOR month IN SELECT DISTINCT date_trunc('month', available_at AT TIME ZONE 'UTC') FROM market_stats_whole LOOP
		EXECUTE format('CREATE TABLE %I PARTITION OF market_stats FOR VALUES FROM (%L) TO (%L)', 'market_stats_' || to_char(month, 'YYYY_MM'),
			month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
	END LOOP;
END $$;
--> statement-breakpoint
INSERT INTO "market_stats" (underlying, source_id, available_at, band, event_time, pcr, pcr_velocity, call_open_interest, put_open_interest, wall_above, wall_below, max_pain, advances, declines, quality) SELECT underlying, source_id, available_at, band, event_time, pcr, pcr_velocity, call_open_interest, put_open_interest, wall_above, wall_below, max_pain, advances, declines, quality | 32 FROM "market_stats_whole";
--> statement-breakpoint
DROP TABLE "market_stats_whole";
--> statement-breakpoint
ALTER TABLE "chain_snapshots" RENAME TO "chain_snapshots_whole";
--> statement-breakpoint
ALTER TABLE "chain_snapshots_whole" RENAME CONSTRAINT "chain_snapshots_chain_id_source_id_available_at_pk" TO "chain_snapshots_whole_pk";
--> statement-breakpoint
CREATE TABLE "chain_snapshots" (
	"chain_id" integer NOT NULL,
	"source_id" integer NOT NULL,
	"available_at" timestamp(3) with time zone NOT NULL,
	"event_time" timestamp(3) with time zone NOT NULL,
	"spot" double precision,
	"quality" smallint NOT NULL,
	CONSTRAINT "chain_snapshots_chain_id_source_id_available_at_pk" PRIMARY KEY("chain_id","source_id","available_at"),
	CONSTRAINT "chain_snapshots_unknown_has_reason" CHECK ("chain_snapshots"."spot" is not null or "chain_snapshots"."quality" & 224 <> 0),
	CONSTRAINT "chain_snapshots_available" CHECK ("chain_snapshots"."available_at" >= "chain_snapshots"."event_time")
) PARTITION BY RANGE ("available_at");
--> statement-breakpoint
DO $$
DECLARE month timestamp;
BEGIN
	FOR month IN SELECT DISTINCT date_trunc('month', available_at AT TIME ZONE 'UTC') FROM chain_snapshots_whole LOOP
		EXECUTE format('CREATE TABLE %I PARTITION OF chain_snapshots FOR VALUES FROM (%L) TO (%L)', 'chain_snapshots_' || to_char(month, 'YYYY_MM'),
			month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
	END LOOP;
END $$;
--> statement-breakpoint
INSERT INTO "chain_snapshots" SELECT * FROM "chain_snapshots_whole";
--> statement-breakpoint
DROP TABLE "chain_snapshots_whole";

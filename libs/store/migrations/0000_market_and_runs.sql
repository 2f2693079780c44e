-- PARTITION BY added by hand: drizzle cannot express it; partitions are made by the writer, one per month.
CREATE TABLE "candle_coverage" (
	"instrument_id" integer NOT NULL,
	"source_id" integer NOT NULL,
	"day" date NOT NULL,
	"bars" integer NOT NULL,
	"first_ts" timestamp(3) with time zone NOT NULL,
	"last_ts" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "candle_coverage_instrument_id_day_source_id_pk" PRIMARY KEY("instrument_id","day","source_id")
);
--> statement-breakpoint
CREATE TABLE "candles" (
	"instrument_id" integer NOT NULL,
	"source_id" integer NOT NULL,
	"ts" timestamp(3) with time zone NOT NULL,
	"open" double precision,
	"high" double precision,
	"low" double precision,
	"close" double precision,
	"volume" double precision,
	"open_interest" double precision,
	"bid" double precision,
	"ask" double precision,
	"bid_qty" double precision,
	"ask_qty" double precision,
	"span_ms" integer NOT NULL,
	"lag_ms" integer NOT NULL,
	"quality" smallint NOT NULL,
	CONSTRAINT "candles_instrument_id_source_id_ts_pk" PRIMARY KEY("instrument_id","source_id","ts"),
	CONSTRAINT "candles_unknown_has_reason" CHECK ("candles"."quality" & 224 <> 0 or num_nulls("candles"."open", "candles"."high", "candles"."low", "candles"."close", "candles"."volume", "candles"."open_interest", "candles"."bid", "candles"."ask", "candles"."bid_qty", "candles"."ask_qty") = 0)
) PARTITION BY RANGE ("ts");
--> statement-breakpoint
CREATE TABLE "chain_coverage" (
	"chain_id" integer NOT NULL,
	"source_id" integer NOT NULL,
	"day" date NOT NULL,
	"snapshots" integer NOT NULL,
	"first_at" timestamp(3) with time zone NOT NULL,
	"last_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "chain_coverage_chain_id_day_source_id_pk" PRIMARY KEY("chain_id","day","source_id")
);
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
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"run" integer NOT NULL,
	"ordinal" integer NOT NULL,
	"seq" integer NOT NULL,
	"time" timestamp(3) with time zone NOT NULL,
	"underlying" text NOT NULL,
	"gate" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"detail" text NOT NULL,
	CONSTRAINT "decisions_run_ordinal_pk" PRIMARY KEY("run","ordinal")
);
--> statement-breakpoint
CREATE TABLE "fills" (
	"run" integer NOT NULL,
	"ordinal" integer NOT NULL,
	"seq" integer NOT NULL,
	"order_id" integer NOT NULL,
	"time" timestamp(3) with time zone NOT NULL,
	"contract" text NOT NULL,
	"side" text NOT NULL,
	"units" integer NOT NULL,
	"price_paise" bigint NOT NULL,
	"source" text NOT NULL,
	"brokerage_paise" bigint NOT NULL,
	"stt_paise" bigint NOT NULL,
	"exchange_paise" bigint NOT NULL,
	"ipft_paise" bigint NOT NULL,
	"sebi_paise" bigint NOT NULL,
	"stamp_paise" bigint NOT NULL,
	"gst_paise" bigint NOT NULL,
	"charges_paise" bigint NOT NULL,
	CONSTRAINT "fills_run_ordinal_pk" PRIMARY KEY("run","ordinal"),
	CONSTRAINT "fills_charges" CHECK ("fills"."brokerage_paise" + "fills"."stt_paise" + "fills"."exchange_paise" + "fills"."ipft_paise" + "fills"."sebi_paise" + "fills"."stamp_paise" + "fills"."gst_paise" = "fills"."charges_paise")
);
--> statement-breakpoint
CREATE TABLE "ingestion_files" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ingestion_files_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text NOT NULL,
	"revision" integer NOT NULL,
	"state" text NOT NULL,
	"rows_read" bigint DEFAULT 0 NOT NULL,
	"rows_written" bigint DEFAULT 0 NOT NULL,
	"rows_unchanged" bigint DEFAULT 0 NOT NULL,
	"rows_repaired" bigint DEFAULT 0 NOT NULL,
	"rows_quarantined" bigint DEFAULT 0 NOT NULL,
	"gaps" bigint DEFAULT 0 NOT NULL,
	"failure" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "ingestion_files_name" UNIQUE("kind","name","sha256","revision"),
	CONSTRAINT "ingestion_files_state" CHECK ("ingestion_files"."state" in ('started', 'complete', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "instrument_aliases" (
	"vendor" text NOT NULL,
	"alias" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"instrument_id" integer NOT NULL,
	CONSTRAINT "instrument_aliases_vendor_alias_valid_from_pk" PRIMARY KEY("vendor","alias","valid_from")
);
--> statement-breakpoint
CREATE TABLE "instruments" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "instruments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"contract_id" text NOT NULL,
	"kind" text NOT NULL,
	"underlying" text NOT NULL,
	"expiry" date,
	"strike" double precision,
	"option_right" text,
	CONSTRAINT "instruments_contract_id" UNIQUE("contract_id"),
	CONSTRAINT "instruments_shape" CHECK (case "instruments"."kind"
        when 'index' then "instruments"."expiry" is null and "instruments"."strike" is null and "instruments"."option_right" is null
        when 'future' then "instruments"."expiry" is not null and "instruments"."strike" is null and "instruments"."option_right" is null
        when 'option' then "instruments"."expiry" is not null and "instruments"."strike" > 0 and "instruments"."option_right" in ('CE', 'PE')
        else false end)
);
--> statement-breakpoint
CREATE TABLE "market_sources" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "market_sources_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"source" text NOT NULL,
	"dataset" text NOT NULL,
	CONSTRAINT "market_sources_name" UNIQUE("source","dataset"),
	CONSTRAINT "market_sources_source" CHECK ("market_sources"."source" in ('recorded', 'derived', 'modelled', 'simulated'))
);
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
	"quality" smallint NOT NULL,
	CONSTRAINT "market_stats_underlying_source_id_available_at_band_pk" PRIMARY KEY("underlying","source_id","available_at","band"),
	CONSTRAINT "market_stats_unknown_has_reason" CHECK ("market_stats"."quality" & 224 <> 0 or num_nulls("market_stats"."pcr", "market_stats"."pcr_velocity", "market_stats"."call_open_interest", "market_stats"."put_open_interest", "market_stats"."wall_above", "market_stats"."wall_below", "market_stats"."max_pain", "market_stats"."advances", "market_stats"."declines") = 0)
);
--> statement-breakpoint
CREATE TABLE "option_chain_quotes" (
	"chain_id" integer NOT NULL,
	"source_id" integer NOT NULL,
	"available_at" timestamp(3) with time zone NOT NULL,
	"event_time" timestamp(3) with time zone NOT NULL,
	"strike" double precision NOT NULL,
	"ce_ltp" double precision,
	"ce_bid" double precision,
	"ce_ask" double precision,
	"ce_bid_qty" double precision,
	"ce_ask_qty" double precision,
	"ce_volume" double precision,
	"ce_open_interest" double precision,
	"pe_ltp" double precision,
	"pe_bid" double precision,
	"pe_ask" double precision,
	"pe_bid_qty" double precision,
	"pe_ask_qty" double precision,
	"pe_volume" double precision,
	"pe_open_interest" double precision,
	"ce_quality" smallint NOT NULL,
	"pe_quality" smallint NOT NULL,
	CONSTRAINT "option_chain_quotes_chain_id_source_id_available_at_strike_pk" PRIMARY KEY("chain_id","source_id","available_at","strike"),
	CONSTRAINT "option_chain_quotes_unknown_has_reason" CHECK (("option_chain_quotes"."ce_quality" & 224 <> 0 or num_nulls("option_chain_quotes"."ce_ltp", "option_chain_quotes"."ce_bid", "option_chain_quotes"."ce_ask", "option_chain_quotes"."ce_bid_qty", "option_chain_quotes"."ce_ask_qty", "option_chain_quotes"."ce_volume", "option_chain_quotes"."ce_open_interest") = 0)
        and ("option_chain_quotes"."pe_quality" & 224 <> 0 or num_nulls("option_chain_quotes"."pe_ltp", "option_chain_quotes"."pe_bid", "option_chain_quotes"."pe_ask", "option_chain_quotes"."pe_bid_qty", "option_chain_quotes"."pe_ask_qty", "option_chain_quotes"."pe_volume", "option_chain_quotes"."pe_open_interest") = 0))
) PARTITION BY RANGE ("available_at");
--> statement-breakpoint
CREATE TABLE "option_chains" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "option_chains_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"underlying" text NOT NULL,
	"expiry" date NOT NULL,
	CONSTRAINT "option_chains_name" UNIQUE("underlying","expiry")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"run" integer NOT NULL,
	"ordinal" integer NOT NULL,
	"seq" integer NOT NULL,
	"order_id" integer NOT NULL,
	"time" timestamp(3) with time zone NOT NULL,
	"gate" text NOT NULL,
	"underlying" text NOT NULL,
	"contract" text NOT NULL,
	"side" text NOT NULL,
	"lots" integer NOT NULL,
	"units" integer NOT NULL,
	"limit_paise" bigint,
	"status" text NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "orders_run_ordinal_pk" PRIMARY KEY("run","ordinal")
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "quarantine_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"file_id" integer NOT NULL,
	"line" integer,
	"reason" text NOT NULL,
	"row" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"run_id" text NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"source" text NOT NULL,
	"trades" integer NOT NULL,
	"gross_paise" bigint NOT NULL,
	"charges_paise" bigint NOT NULL,
	"net_paise" bigint NOT NULL,
	"starting_capital_paise" bigint NOT NULL,
	"data_hash" text NOT NULL,
	"config_hash" text NOT NULL,
	"ledger_hash" text NOT NULL,
	"summary" jsonb NOT NULL,
	CONSTRAINT "runs_run_id" UNIQUE("run_id"),
	CONSTRAINT "runs_status" CHECK ("runs"."status" in ('writing', 'complete')),
	CONSTRAINT "runs_accounts" CHECK ("runs"."gross_paise" - "runs"."charges_paise" = "runs"."net_paise")
);
--> statement-breakpoint
CREATE TABLE "trades" (
	"run" integer NOT NULL,
	"ordinal" integer NOT NULL,
	"seq" integer NOT NULL,
	"gate" text NOT NULL,
	"underlying" text NOT NULL,
	"contract" text NOT NULL,
	"bias" text NOT NULL,
	"regime" text NOT NULL,
	"signal_time" timestamp(3) with time zone NOT NULL,
	"entry_time" timestamp(3) with time zone NOT NULL,
	"exit_time" timestamp(3) with time zone NOT NULL,
	"lots" integer NOT NULL,
	"units" integer NOT NULL,
	"entry_price_paise" bigint NOT NULL,
	"exit_price_paise" bigint NOT NULL,
	"exit_reason" text NOT NULL,
	"ambiguous" boolean NOT NULL,
	"gross_paise" bigint NOT NULL,
	"brokerage_paise" bigint NOT NULL,
	"stt_paise" bigint NOT NULL,
	"exchange_paise" bigint NOT NULL,
	"ipft_paise" bigint NOT NULL,
	"sebi_paise" bigint NOT NULL,
	"stamp_paise" bigint NOT NULL,
	"gst_paise" bigint NOT NULL,
	"charges_paise" bigint NOT NULL,
	"net_paise" bigint NOT NULL,
	"initial_risk_paise" bigint NOT NULL,
	"max_adverse_paise" bigint NOT NULL,
	"max_favourable_paise" bigint NOT NULL,
	"reasons" jsonb NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "trades_run_ordinal_pk" PRIMARY KEY("run","ordinal"),
	CONSTRAINT "trades_accounts" CHECK ("trades"."gross_paise" - "trades"."charges_paise" = "trades"."net_paise")
);
--> statement-breakpoint
ALTER TABLE "candle_coverage" ADD CONSTRAINT "candle_coverage_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "public"."instruments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candle_coverage" ADD CONSTRAINT "candle_coverage_source_id_market_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."market_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chain_coverage" ADD CONSTRAINT "chain_coverage_chain_id_option_chains_id_fk" FOREIGN KEY ("chain_id") REFERENCES "public"."option_chains"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chain_coverage" ADD CONSTRAINT "chain_coverage_source_id_market_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."market_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_run_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fills" ADD CONSTRAINT "fills_run_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instrument_aliases" ADD CONSTRAINT "instrument_aliases_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "public"."instruments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_run_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_file_id_ingestion_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."ingestion_files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trades" ADD CONSTRAINT "trades_run_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "candle_coverage_day" ON "candle_coverage" USING btree ("day");--> statement-breakpoint
CREATE INDEX "decisions_gate" ON "decisions" USING btree ("run","gate","kind");--> statement-breakpoint
CREATE INDEX "instruments_underlying" ON "instruments" USING btree ("underlying","kind","expiry");--> statement-breakpoint
CREATE INDEX "quarantine_file" ON "quarantine" USING btree ("file_id");
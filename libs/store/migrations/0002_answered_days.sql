CREATE TABLE "answered_days" (
	"instrument_id" integer NOT NULL,
	"source_id" integer NOT NULL,
	"day" date NOT NULL,
	"answer" text NOT NULL,
	"answered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "answered_days_instrument_id_day_source_id_pk" PRIMARY KEY("instrument_id","day","source_id")
);
--> statement-breakpoint
ALTER TABLE "answered_days" ADD CONSTRAINT "answered_days_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "public"."instruments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answered_days" ADD CONSTRAINT "answered_days_source_id_market_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."market_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answered_days_day" ON "answered_days" USING btree ("day");
ALTER TABLE "fills" ADD COLUMN "decision_bid_paise" bigint;--> statement-breakpoint
ALTER TABLE "fills" ADD COLUMN "decision_ask_paise" bigint;--> statement-breakpoint
ALTER TABLE "fills" ADD COLUMN "spread_paise" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "fills" ADD COLUMN "attempt" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "trigger_paise" bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "attempt" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "trades" ADD COLUMN "worst_paise" bigint;--> statement-breakpoint
ALTER TABLE "trades" ADD COLUMN "best_paise" bigint;--> statement-breakpoint
ALTER TABLE "trades" ADD COLUMN "order_ids" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "trades" ADD COLUMN "entry_chases" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "trades" ADD COLUMN "exit_chases" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "trades" ADD COLUMN "missed_stop_cost_paise" bigint;
import { z } from 'zod';

const text = z.string().nullish();

/** A refusal: one or more errors with a code. */
export const Refusal = z.looseObject({
  status: z.string().optional(),
  errors: z.array(z.looseObject({ error_code: text, errorCode: text, message: text })).min(1),
});

/** Answer to a placed order; several ids when the broker sliced it. */
export const Placed = z.looseObject({ data: z.looseObject({ order_ids: z.array(z.string()).min(1) }) });

/** Answer to a modified or cancelled order. */
export const Touched = z.looseObject({ data: z.looseObject({ order_id: z.string() }) });

/** One row of the order book, and one order event of the portfolio stream. */
export const OrderRow = z.looseObject({
  order_id: z.string(),
  tag: text,
  instrument_token: z.string(),
  trading_symbol: text,
  transaction_type: z.enum(['BUY', 'SELL']),
  quantity: z.number(),
  price: z.number(),
  trigger_price: z.number().nullish(),
  status: z.string(),
  filled_quantity: z.number(),
  average_price: z.number().nullish(),
  status_message: text,
  status_message_raw: text,
  order_timestamp: text,
  exchange_timestamp: text,
});

/** One execution. */
export const TradeRow = z.looseObject({
  trade_id: z.string(),
  order_id: z.string(),
  instrument_token: z.string(),
  trading_symbol: text,
  transaction_type: z.enum(['BUY', 'SELL']),
  quantity: z.number(),
  average_price: z.number(),
  exchange_timestamp: text,
  order_timestamp: text,
});

/** One row of the short-term positions. */
export const PositionRow = z.looseObject({
  instrument_token: z.string(),
  quantity: z.number(),
  day_buy_quantity: z.number(),
  day_buy_value: z.number(),
  day_sell_quantity: z.number(),
  day_sell_value: z.number(),
});

/** Funds of the equity segment, which holds derivatives too. */
export const Funds = z.looseObject({
  data: z.looseObject({ equity: z.looseObject({ available_margin: z.number(), used_margin: z.number() }) }),
});

/** Segments with their kill switch. */
export const KillSwitches = z.looseObject({
  data: z.array(z.looseObject({ segment: z.string(), kill_switch_enabled: z.boolean() })),
});

/** Address of one connection of the portfolio stream. */
export const Authorized = z.looseObject({
  data: z.looseObject({ authorized_redirect_uri: text, authorizedRedirectUri: text }),
});

/** Rows as they are inferred. */
export type OrderRow = z.infer<typeof OrderRow>;
export type TradeRow = z.infer<typeof TradeRow>;
export type PositionRow = z.infer<typeof PositionRow>;

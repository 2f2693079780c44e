import { z } from 'zod';

// Fields that we use are strict, fields that the vendor adds are let through: a new field must not stop the feed.
const number = z.number();

/** The vendor's envelope around an answer. */
export const envelope = <T extends z.ZodType>(data: T) => z.looseObject({ status: z.literal('success'), data });

/** `[time, open, high, low, close, volume, open interest]`, newest first. */
export const Candles = envelope(
  z.looseObject({ candles: z.array(z.tuple([z.string(), number, number, number, number, number, number])) }),
);

export const TokenAnswer = z.looseObject({ access_token: z.string().min(1), user_id: z.string().optional() });

export const Dates = envelope(z.array(z.iso.date()));

/** A contract as the option-contract and expired-instruments interfaces list it. */
export const ContractRow = z.looseObject({
  instrument_key: z.string(),
  trading_symbol: z.string(),
  expiry: z.iso.date(),
  lot_size: number,
});
export const Contracts = envelope(z.array(ContractRow));

const ChainLeg = z.looseObject({
  instrument_key: z.string(),
  market_data: z.looseObject({
    ltp: number,
    volume: number,
    oi: number,
    bid_price: number,
    bid_qty: number,
    ask_price: number,
    ask_qty: number,
  }),
});
export const ChainRow = z.looseObject({
  expiry: z.iso.date(),
  strike_price: number,
  underlying_spot_price: number.nullish(),
  call_options: ChainLeg.nullish(),
  put_options: ChainLeg.nullish(),
});
export const Chain = envelope(z.array(ChainRow));

export const LastPrices = envelope(
  z.record(
    z.string(),
    z.looseObject({
      last_price: number,
      instrument_token: z.string(),
      volume: number.nullish(),
      cp: number.nullish(),
    }),
  ),
);

export const Holidays = envelope(
  z.array(
    z.looseObject({
      date: z.iso.date(),
      description: z.string(),
      holiday_type: z.enum(['ALL', 'TRADING_HOLIDAY', 'SETTLEMENT_HOLIDAY', 'SPECIAL_TIMING']),
      closed_exchanges: z.array(z.string()),
      open_exchanges: z.array(z.looseObject({ exchange: z.string(), start_time: number, end_time: number })),
    }),
  ),
);

export const Timings = envelope(z.array(z.looseObject({ exchange: z.string(), start_time: number, end_time: number })));

export const FeedAddress = envelope(z.looseObject({ authorized_redirect_uri: z.url({ protocol: /^wss?$/ }) }));

/** Error envelope; the camelCase name is the old one. */
export const Failure = z.looseObject({
  errors: z
    .array(
      z.looseObject({
        error_code: z.string().nullish(),
        errorCode: z.string().nullish(),
        message: z.string().nullish(),
      }),
    )
    .min(1),
});

import {
  AppError,
  makeChainTape,
  type ChainSide,
  type ChainTape,
  type EpochMs,
  type IstDate,
  type Underlying,
} from '@sos/domain';
import type { z } from 'zod';
import type { ChainRow } from './upstox-schema.js';

type Row = z.infer<typeof ChainRow>;
type Leg = NonNullable<Row['call_options']>;

/** Which chain an answer is for, and when it came: the answer itself carries no time. */
export interface ChainContext {
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly receivedAt: EpochMs;
}

const priceOf = (value: number): number => (value > 0 ? value : Number.NaN);

function writeLeg(side: ChainSide, at: number, leg: Leg | null | undefined): void {
  if (leg === null || leg === undefined) return;
  const { ltp, volume, oi, bid_price, bid_qty, ask_price, ask_qty } = leg.market_data;
  side.ltp[at] = priceOf(ltp);
  side.bid[at] = priceOf(bid_price);
  side.ask[at] = priceOf(ask_price);
  side.bidQty[at] = bid_price > 0 ? bid_qty : Number.NaN;
  side.askQty[at] = ask_price > 0 ? ask_qty : Number.NaN;
  side.volume[at] = volume;
  side.openInterest[at] = oi;
}

/** A chain answer as a tape of one snapshot; a price of 0 means that there is none, a missing leg is unknown. @throws SOS_DATA_CORRUPT */
export function mapChain(rows: readonly Row[], { underlying, expiry, receivedAt }: ChainContext): ChainTape {
  const sorted = [...rows].sort((a, b) => a.strike_price - b.strike_price);
  sorted.forEach((row, i) => {
    if (row.expiry === expiry && row.strike_price > 0 && row.strike_price !== sorted[i - 1]?.strike_price) return;
    throw new AppError(
      'SOS_DATA_CORRUPT',
      `expected one row per strike of ${underlying} ${expiry} in the chain of Upstox, found ${row.expiry} ${row.strike_price}`,
    );
  });
  const strikes = Float64Array.from(sorted, (row) => row.strike_price);
  const tape = makeChainTape({ underlying, expiry, source: 'recorded', strikes, length: 1 });
  tape.eventTime[0] = tape.availableAt[0] = receivedAt;
  tape.spot[0] = priceOf(sorted.find((row) => (row.underlying_spot_price ?? 0) > 0)?.underlying_spot_price ?? 0);
  sorted.forEach((row, i) => {
    writeLeg(tape.call, i, row.call_options);
    writeLeg(tape.put, i, row.put_options);
  });
  return tape;
}

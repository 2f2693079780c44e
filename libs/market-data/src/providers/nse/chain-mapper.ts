import {
  AppError,
  istDateOf,
  makeChainTape,
  type ChainTape,
  type EpochMs,
  type IstDate,
  type Underlying,
} from '@sos/domain';
import { lotSize, tickSize } from '@sos/rulebook';
import { chainTapesOf } from '../../importers/nse-chain/chain-day.js';
import { ALL_IN_LOTS, makePageSide, type ChainPage, type PageSide } from '../../importers/nse-chain/chain-page.js';
import type { NseChain } from './nse-client.js';
import { nseDay, nseStamp } from './nse-stamp.js';

/** Which chain an answer is for, and when it came. */
export interface NseChainContext {
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly receivedAt: EpochMs;
}

type Row = NonNullable<NseChain['records']['data']>[number];
type Leg = NonNullable<Row['CE']>;

const either = (one: number, other: number): number => (Number.isNaN(one) ? other : one);

function writeLeg(side: PageSide, row: number, leg: Leg | null | undefined): void {
  if (leg === null || leg === undefined) return;
  side.ltp[row] = leg.lastPrice;
  side.bid[row] = either(leg.buyPrice1, leg.bidprice);
  side.ask[row] = either(leg.sellPrice1, leg.askPrice);
  side.bidQty[row] = either(leg.buyQuantity1, leg.bidQty);
  side.askQty[row] = either(leg.sellQuantity1, leg.askQty);
  side.volume[row] = leg.totalTradedVolume;
  side.openInterest[row] = leg.openInterest;
}

const expiryOf = (row: Row): IstDate | null =>
  nseDay(row.CE?.expiryDate ?? row.PE?.expiryDate ?? row.expiryDate ?? row.expiryDates);

/** A chain before anything of it is published. */
export function emptyChain({ underlying, expiry }: NseChainContext): ChainTape {
  return makeChainTape({ underlying, expiry, source: 'recorded', strikes: new Float64Array(0), length: 0 });
}

function pageOf(rows: readonly Row[], context: NseChainContext, spot: number): Omit<ChainPage, 'eventTime'> {
  const [call, put] = [makePageSide(rows.length), makePageSide(rows.length)];
  rows.forEach((row, i) => {
    writeLeg(call, i, row.CE);
    writeLeg(put, i, row.PE);
  });
  return {
    file: `nse option-chain-v3 ${context.underlying} ${context.expiry}`,
    underlying: context.underlying,
    availableAt: context.receivedAt,
    spot: spot > 0 ? spot : Number.NaN,
    inLots: ALL_IN_LOTS,
    rows: rows.length,
    inputRows: rows.length,
    expiry: rows.map(() => context.expiry),
    strike: Float64Array.from(rows, (row) => row.strikePrice),
    call,
    put,
  };
}

/**
 * A chain answer as a tape of one snapshot: prices in rupees (0 = none), open interest and volume in units by the lot of that contract on that day; dated
 * by the page, known on receipt. Without rows or page time nothing is published yet: a tape without snapshots.
 * @throws SOS_DATA_MISMATCH for rows of other expiries only, SOS_DATA_CORRUPT for a strike that comes twice
 */
export function mapNseChain({ records }: NseChain, context: NseChainContext): ChainTape {
  const { underlying, expiry, receivedAt } = context;
  const eventTime = nseStamp(records.timestamp);
  const published = records.data ?? [];
  if (eventTime === null || published.length === 0) return emptyChain(context);
  const rows = published.filter((row) => expiryOf(row) === expiry);
  if (rows.length === 0)
    throw new AppError(
      'SOS_DATA_MISMATCH',
      `expected the chain of ${underlying} ${expiry} from nse, found rows of ${published[0]?.expiryDates ?? 'no expiry'}`,
    );
  if (new Set(rows.map((row) => row.strikePrice)).size < rows.length)
    throw new AppError(
      'SOS_DATA_CORRUPT',
      `expected each strike of ${underlying} ${expiry} once from nse, found one twice`,
    );
  const page = { ...pageOf(rows, context, records.underlyingValue), eventTime };
  const availableAt = Math.max(receivedAt, eventTime) as EpochMs;
  const date = istDateOf(eventTime);
  const day = {
    underlying,
    date,
    pages: [{ page, eventTime, availableAt }],
    lotSize: () => lotSize(underlying, expiry, date),
    tickPaise: tickSize('option', underlying, date),
  };
  return chainTapesOf(day, {})[0] ?? emptyChain(context);
}

import {
  formatIst,
  istDateOf,
  type ChainSide,
  type ChainTape,
  type EpochMs,
  type IstDate,
  type Right,
  type Underlying,
} from '@sos/domain';
import { lotSize } from '@sos/rulebook';
import { formatNseDate } from '@sos/symbol-master';

const orZero = (value: number | undefined): number => (value !== undefined && Number.isFinite(value) ? value : 0);
const round2 = (value: number): number => Number(value.toFixed(2));

/** `15-Dec-2025 10:01:20`, as the site stamps its pages. */
export function nseStampOf(at: EpochMs): string {
  return `${formatNseDate(istDateOf(at))} ${formatIst(at).slice(11)}`;
}

/** `30-12-2025`, as rows of the chain write their expiry. */
const numericDate = (date: IstDate): string => date.split('-').reverse().join('-');

interface Cell {
  readonly tape: ChainTape;
  readonly row: number;
  readonly at: number;
  readonly lot: number;
}

function leg(side: ChainSide, right: Right, { tape, row, at, lot }: Cell): object {
  const cell = row * tape.strikes.length + at;
  const strike = tape.strikes[at] as number;
  const inLots = (units: number | undefined): number => orZero(units) / lot;
  return {
    strikePrice: strike,
    expiryDate: numericDate(tape.expiry),
    underlying: tape.underlying,
    identifier: `OPTIDX${tape.underlying}${numericDate(tape.expiry)}${right}${strike.toFixed(2)}`,
    openInterest: inLots(side.openInterest[cell]),
    totalTradedVolume: inLots(side.volume[cell]),
    impliedVolatility: 0,
    lastPrice: orZero(side.ltp[cell]),
    buyPrice1: orZero(side.bid[cell]),
    buyQuantity1: orZero(side.bidQty[cell]),
    sellPrice1: orZero(side.ask[cell]),
    sellQuantity1: orZero(side.askQty[cell]),
    underlyingValue: orZero(tape.spot[row]),
    optionType: right,
  };
}

function totalOf(side: ChainSide, cells: readonly number[], lot: number): object {
  const sum = (column: Float64Array): number => cells.reduce((total, cell) => total + orZero(column[cell]), 0) / lot;
  return { totOI: sum(side.openInterest), totVol: sum(side.volume) };
}

/** The answer of `option-chain-v3` for one published snapshot: open interest and volume in lots, sizes in units, no change figures and volatility. */
export function chainAnswer(tape: ChainTape, row: number, expiries: readonly IstDate[]): object {
  const eventTime = tape.eventTime[row] as EpochMs;
  const lot = lotSize(tape.underlying, tape.expiry, istDateOf(eventTime));
  const data = [...tape.strikes].map((strikePrice, at) => {
    const cell = { tape, row, at, lot };
    return {
      strikePrice,
      expiryDates: numericDate(tape.expiry),
      CE: leg(tape.call, 'CE', cell),
      PE: leg(tape.put, 'PE', cell),
    };
  });
  const cells = [...tape.strikes].map((_, at) => row * tape.strikes.length + at);
  return {
    records: {
      expiryDates: expiries.map(formatNseDate),
      data,
      timestamp: nseStampOf(eventTime),
      underlyingValue: round2(orZero(tape.spot[row])),
      strikePrices: [...tape.strikes].map(String),
    },
    filtered: { data, CE: totalOf(tape.call, cells, lot), PE: totalOf(tape.put, cells, lot) },
  };
}

/** The answer before the first page of the day. */
export function chainNotYet(underlying: Underlying, expiries: readonly IstDate[]): object {
  return {
    records: {
      expiryDates: expiries.map(formatNseDate),
      data: [],
      timestamp: '',
      underlyingValue: 0,
      strikePrices: [],
    },
    filtered: { data: [], CE: { totOI: 0, totVol: 0 }, PE: { totOI: 0, totVol: 0 } },
    symbol: underlying,
  };
}

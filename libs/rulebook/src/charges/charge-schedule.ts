import { AppError, type ChargeBreakdown, type ChargeHead, type IstDate, type Paise, type Side } from '@sos/domain';
import { rowOn } from '../dated/row-on.js';
import type { ChargeRateRow, RatedHead } from '../rows/charge-rows.js';
import type { RuleTables } from '../rows/rule-tables.js';
import { shareOf } from './per-crore.js';

/** Which broker's fee applies: a known plan, or a flat fee per executed order. */
export type BrokeragePlan = 'zerodha' | 'upstox' | { readonly flatPaise: number };

/** Whose charges: of which exchange, by which brokerage plan. */
export interface ChargeOptions {
  /** Default NSE; SENSEX trades at BSE. */
  readonly exchange?: 'NSE' | 'BSE' | undefined;
  /** Default `upstox` (Rs 20 per executed order, as `zerodha`). */
  readonly brokeragePlan?: BrokeragePlan | undefined;
}

/** Rupees per crore of each head on one day; `brokerage` is paise per order. */
export interface ChargeRates {
  readonly brokerage: number;
  readonly sttSell: number;
  readonly sttExercise: number;
  readonly exchange: number;
  readonly ipft: number;
  readonly sebi: number;
  readonly stampBuy: number;
  readonly gst: number;
}

/** The charges of one day for one exchange and plan, made for hot loops. */
export interface ChargeSchedule {
  readonly date: IstDate;
  readonly exchange: 'NSE' | 'BSE';
  readonly rates: ChargeRates;
  /** Heads that existed on that day but are not modelled, so that costs are understated (stamp duty before 2020-07-01). */
  readonly unmodelled: readonly ChargeHead[];
  /**
   * Every head of one fill, each to the paisa (halves up); `total` is their exact sum.
   * @param premium price x units, paise ≥ 0
   * @param orders executed orders that the fill took (slices), default 1
   */
  charges(side: Side, premium: Paise, orders?: number): ChargeBreakdown;
}

const UNMODELLED_HEAD: Readonly<Partial<Record<RatedHead, ChargeHead>>> = {
  'stt-sell': 'stt',
  exchange: 'exchange',
  ipft: 'ipft',
  sebi: 'sebi',
  'stamp-buy': 'stamp',
  gst: 'gst',
};

function checkedFlat(flatPaise: number): number {
  if (!Number.isSafeInteger(flatPaise) || flatPaise < 0)
    throw new AppError('SOS_INPUT', `expected a brokerage as whole paise ≥ 0, found ${flatPaise}`);
  return flatPaise;
}

function brokerageOf(tables: RuleTables, date: IstDate, plan: BrokeragePlan): number {
  if (typeof plan !== 'string') return checkedFlat(plan.flatPaise);
  const row = rowOn(
    tables.brokerage.filter((r) => r.plan === plan),
    date,
  );
  if (row === null)
    throw new AppError('SOS_DATE_RANGE', `expected a known brokerage of ${plan} on ${date}, found none`);
  return row.flatPaise;
}

function rateRow(tables: RuleTables, head: RatedHead, on: { date: IstDate; exchange: 'NSE' | 'BSE' }): ChargeRateRow {
  const rows = tables.chargeRate.filter((r) => r.head === head && (r.exchange ?? on.exchange) === on.exchange);
  const row = rowOn(rows, on.date);
  if (row !== null && row.rupeesPerCrore !== null) return row;
  throw new AppError('SOS_DATE_RANGE', `expected a known ${head} rate at ${on.exchange} on ${on.date}, found none`, {
    context: { head, exchange: on.exchange, date: on.date },
  });
}

/** Reads the rates of a day. @throws SOS_DATE_RANGE where a rate is not established (BSE before 2024-10-01) */
export function buildChargeSchedule(tables: RuleTables, date: IstDate, options: ChargeOptions): ChargeSchedule {
  const exchange = options.exchange ?? 'NSE';
  const unmodelled: ChargeHead[] = [];
  const rate = (head: RatedHead): number => {
    const row = rateRow(tables, head, { date, exchange });
    const name = UNMODELLED_HEAD[head];
    if (row.unmodelled === true && name !== undefined) unmodelled.push(name);
    return row.rupeesPerCrore as number;
  };
  const rates: ChargeRates = {
    brokerage: brokerageOf(tables, date, options.brokeragePlan ?? 'upstox'),
    sttSell: rate('stt-sell'),
    sttExercise: rate('stt-exercise'),
    exchange: rate('exchange'),
    ipft: rate('ipft'),
    sebi: rate('sebi'),
    stampBuy: rate('stamp-buy'),
    gst: rate('gst'),
  };
  return new DayCharges({ date, exchange, rates, unmodelled });
}

class DayCharges implements ChargeSchedule {
  readonly date: IstDate;
  readonly exchange: 'NSE' | 'BSE';
  readonly rates: ChargeRates;
  readonly unmodelled: readonly ChargeHead[];

  constructor(parts: Omit<ChargeSchedule, 'charges'>) {
    this.date = parts.date;
    this.exchange = parts.exchange;
    this.rates = parts.rates;
    this.unmodelled = parts.unmodelled;
  }

  charges(side: Side, premium: Paise, orders = 1): ChargeBreakdown {
    const r = this.rates;
    const brokerage = r.brokerage * orders;
    const stt = side === 'SELL' ? shareOf(premium, r.sttSell) : 0;
    const exchange = shareOf(premium, r.exchange);
    const ipft = shareOf(premium, r.ipft);
    const sebi = shareOf(premium, r.sebi);
    const stamp = side === 'BUY' ? shareOf(premium, r.stampBuy) : 0;
    const gst = shareOf(brokerage + exchange + ipft + sebi, r.gst);
    return {
      brokerage: brokerage as Paise,
      stt: stt as Paise,
      exchange,
      ipft,
      sebi,
      stamp: stamp as Paise,
      gst,
      total: (brokerage + stt + exchange + ipft + sebi + stamp + gst) as Paise,
    };
  }
}

import { AppError, type ChargeBreakdown, type IstDate, type Paise, type Side } from '@sos/domain';
import type { ChargeOptions, ChargeSchedule } from './charge-schedule.js';
import { shareOf, toWholeRupees } from './per-crore.js';

/** One execution on a contract note. */
export interface NoteFill {
  readonly side: Side;
  /** Price x units in paise. */
  readonly premium: Paise;
  /** Names the order: brokerage is taken once per order, however many fills it had. */
  readonly order: string;
  /** Names the contract: STT is computed per contract before the day's total is rounded. */
  readonly contract: string;
}

/** The fills of one day that a note bills, and how it rounds. */
export interface ContractNoteRequest extends ChargeOptions {
  readonly date: IstDate;
  readonly fills: readonly NoteFill[];
  /** `note` (default): STT and stamp duty in whole rupees and GST as two halves, as billed. `exact`: every head to the paisa on the day's turnover. */
  readonly rounding?: 'note' | 'exact' | undefined;
}

/** A day's dealings with one broker, as its contract note adds them up. */
export interface ContractNote {
  readonly date: IstDate;
  readonly orders: number;
  /** Premium bought and sold, paise. */
  readonly bought: Paise;
  readonly sold: Paise;
  readonly charges: ChargeBreakdown;
  /** Sold − bought − charges, paise. */
  readonly net: number;
}

interface DayTotals {
  readonly orders: number;
  readonly bought: number;
  readonly sold: number;
  readonly stt: number;
}

function addUp(fills: readonly NoteFill[], sttSell: number): DayTotals {
  const orders = new Set<string>();
  const soldByContract = new Map<string, number>();
  let bought = 0;
  for (const fill of fills) {
    orders.add(fill.order);
    if (fill.side === 'BUY') bought += fill.premium;
    else soldByContract.set(fill.contract, (soldByContract.get(fill.contract) ?? 0) + fill.premium);
  }
  let [sold, stt] = [0, 0];
  for (const premium of soldByContract.values()) {
    sold += premium;
    stt += shareOf(premium, sttSell);
  }
  return { orders: orders.size, bought, sold, stt };
}

function gst(base: number, rate: number, halves: boolean): number {
  return halves ? 2 * shareOf(base, rate / 2) : shareOf(base, rate);
}

/** Adds up a day. @throws SOS_INPUT for a note without fills */
export function buildContractNote(schedule: ChargeSchedule, request: ContractNoteRequest): ContractNote {
  if (request.fills.length === 0)
    throw new AppError('SOS_INPUT', 'expected at least one fill on a contract note, found none');
  const { rates } = schedule;
  const asBilled = (request.rounding ?? 'note') === 'note';
  const totals = addUp(request.fills, rates.sttSell);
  const turnover = totals.bought + totals.sold;
  const brokerage = rates.brokerage * totals.orders;
  const exchange = shareOf(turnover, rates.exchange);
  const ipft = shareOf(turnover, rates.ipft);
  const sebi = shareOf(turnover, rates.sebi);
  const stampExact = shareOf(totals.bought, rates.stampBuy);
  const stt = asBilled ? toWholeRupees(totals.stt) : totals.stt;
  const stamp = asBilled ? toWholeRupees(stampExact) : stampExact;
  const tax = gst(brokerage + exchange + ipft + sebi, rates.gst, asBilled);
  const total = brokerage + stt + exchange + ipft + sebi + stamp + tax;
  return {
    date: request.date,
    orders: totals.orders,
    bought: totals.bought as Paise,
    sold: totals.sold as Paise,
    charges: {
      brokerage: brokerage as Paise,
      stt: stt as Paise,
      exchange,
      ipft,
      sebi,
      stamp,
      gst: tax as Paise,
      total: total as Paise,
    },
    net: totals.sold - totals.bought - total,
  };
}

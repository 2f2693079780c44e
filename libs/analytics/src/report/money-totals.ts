import { AppError, CHARGE_HEADS, paise, type ChargeHead, type Paise, type TradeRecord } from '@sos/domain';

/** Gross result, charges and net of some trades, in paise; gross − charges = net exactly. */
export interface MoneyTotals {
  readonly grossPaise: Paise;
  readonly chargesPaise: Paise;
  readonly netPaise: Paise;
}

function checkTrade(t: TradeRecord): void {
  if (t.gross - t.charges.total !== t.net)
    throw new AppError(
      'SOS_INVARIANT',
      `expected gross − charges = net for trade ${t.seq} of ${t.gate}, found ${t.gross} − ${t.charges.total} ≠ ${t.net} paise`,
    );
}

/** Sums of trades. @throws SOS_INVARIANT when a trade does not add up to the paisa */
export function moneyTotals(trades: readonly TradeRecord[]): MoneyTotals {
  let gross = 0;
  let charges = 0;
  for (const t of trades) {
    checkTrade(t);
    gross += t.gross;
    charges += t.charges.total;
  }
  return { grossPaise: paise(gross), chargesPaise: paise(charges), netPaise: paise(gross - charges) };
}

/** Charges by head over all trades, in paise. @throws SOS_INVARIANT when the heads of a trade do not add up to its total */
export function costsByHead(trades: readonly Pick<TradeRecord, 'charges'>[]): Readonly<Record<ChargeHead, Paise>> {
  const sums = new Map<ChargeHead, number>();
  for (const t of trades) {
    let total = 0;
    for (const head of CHARGE_HEADS) {
      sums.set(head, (sums.get(head) ?? 0) + t.charges[head]);
      total += t.charges[head];
    }
    if (total !== t.charges.total)
      throw new AppError(
        'SOS_INVARIANT',
        `expected charge heads that add up to ${t.charges.total}, found ${total} paise`,
      );
  }
  const of = (head: ChargeHead): Paise => paise(sums.get(head) ?? 0);
  return {
    brokerage: of('brokerage'),
    stt: of('stt'),
    exchange: of('exchange'),
    ipft: of('ipft'),
    sebi: of('sebi'),
    stamp: of('stamp'),
    gst: of('gst'),
  };
}

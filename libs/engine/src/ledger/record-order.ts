import {
  paise,
  type EpochMs,
  type Lots,
  type OptionContract,
  type OrderRecord,
  type Side,
  type Units,
} from '@sos/domain';
import type { Turn } from '../state/turn.js';

/** What stays the same through the life of an order. */
export interface OrderSlip {
  readonly orderId: number;
  readonly gate: number;
  readonly contract: OptionContract;
  readonly side: Side;
  readonly lots: Lots;
  readonly units: Units;
  readonly reason: string;
}

/** One moment of an order. Limit and trigger in paise, 0 = none. */
export interface OrderMoment {
  readonly time: number;
  readonly status: OrderRecord['status'];
  readonly limit: number;
  readonly trigger: number;
  /** Re-prices before it. */
  readonly attempt: number;
}

/** Appends one moment of an order to the ledger. */
export function recordOrder(
  { state, book, out }: Turn,
  slip: OrderSlip,
  { time, status, limit, trigger, attempt }: OrderMoment,
): void {
  out.orders.push({
    seq: state.nextRecord++,
    orderId: slip.orderId,
    time: Math.ceil(time) as EpochMs,
    gate: book.gates[slip.gate]?.id ?? `#${slip.gate}`,
    underlying: book.underlying,
    contract: slip.contract.id,
    side: slip.side,
    lots: slip.lots,
    units: slip.units,
    limit: limit > 0 ? paise(limit) : null,
    trigger: trigger > 0 ? paise(trigger) : null,
    attempt,
    status,
    reason: slip.reason,
  });
}

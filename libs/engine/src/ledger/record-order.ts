import type { EpochMs, Lots, OptionContract, OrderRecord, Side, Units } from '@sos/domain';
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

/** Appends one moment of an order to the ledger. */
export function recordOrder(
  { state, book, out }: Turn,
  slip: OrderSlip,
  moment: { readonly time: number; readonly status: OrderRecord['status'] },
): void {
  out.orders.push({
    seq: state.nextRecord++,
    orderId: slip.orderId,
    time: moment.time as EpochMs,
    gate: book.gates[slip.gate]?.id ?? `#${slip.gate}`,
    underlying: book.underlying,
    contract: slip.contract.id,
    side: slip.side,
    lots: slip.lots,
    units: slip.units,
    limit: null,
    status: moment.status,
    reason: slip.reason,
  });
}

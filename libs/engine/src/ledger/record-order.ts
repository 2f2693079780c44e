import type { EpochMs, Lots, OptionContract, OrderRecord, Side, Units } from '@sos/domain';
import type { Turn } from '../state/turn.js';

/** One moment in the life of an order. */
export interface OrderMoment {
  readonly orderId: number;
  readonly time: number;
  readonly gate: number;
  readonly contract: OptionContract;
  readonly side: Side;
  readonly lots: Lots;
  readonly units: Units;
  readonly status: OrderRecord['status'];
  readonly reason: string;
}

/** Appends one moment of an order to the ledger. */
export function recordOrder({ state, book, out }: Turn, moment: OrderMoment): void {
  out.orders.push({
    seq: state.nextRecord++,
    orderId: moment.orderId,
    time: moment.time as EpochMs,
    gate: book.gates[moment.gate]?.id ?? `#${moment.gate}`,
    underlying: book.underlying,
    contract: moment.contract.id,
    side: moment.side,
    lots: moment.lots,
    units: moment.units,
    limit: null,
    status: moment.status,
    reason: moment.reason,
  });
}

import { units } from '@sos/domain';
import { capacities, type Capacity } from '../costs/capacity.js';
import type { ReportInput, ReportLiquidity } from './report-input.js';

/** How many lots each gate could trade, from what was traded and shown at its entries; an entry of which nothing is known counts as unknown. */
export function runCapacity({ trades, liquidity = [] }: Pick<ReportInput, 'trades' | 'liquidity'>): Capacity[] {
  const byOrder = new Map<number, ReportLiquidity>(liquidity.map((l) => [l.orderId, l]));
  return capacities(
    trades.map((trade) => {
      const known = trade.orderIds.map((id) => byOrder.get(id)).find((l) => l !== undefined);
      return {
        gate: trade.gate,
        lotSize: units(trade.units / trade.lots),
        minuteVolume: known?.minuteVolume ?? null,
        touchUnits: known?.touchUnits ?? null,
      };
    }),
  );
}

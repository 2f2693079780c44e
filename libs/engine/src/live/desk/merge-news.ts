import { units } from '@sos/domain';
import type { BrokerOrder, OrderStatus } from '../broker/broker-words.js';
import { isOver, isUncertain, type DeskOrder } from './desk-state.js';

const RANK: Record<OrderStatus, number> = {
  unknown: 0,
  pending: 0,
  'stop-waiting': 1,
  working: 2,
  cancelled: 3,
  rejected: 3,
  filled: 4,
};

/**
 * News of an order as far as they are news: late, doubled and exchanged updates change nothing. Fills only grow, and a status never goes back; a fill that was
 * overtaken by the end of its order still counts. Null when nothing is new.
 */
export function mergeNews(order: DeskOrder, news: BrokerOrder): BrokerOrder | null {
  const before: OrderStatus =
    order.state === 'asked' || order.state === 'outcome-unknown' || order.state === 'absent' ? 'unknown' : order.state;
  const isFirst = isUncertain(order) || order.state === 'absent' || order.orderId === '';
  const hasMore = news.filledUnits > order.filledUnits;
  const isFurther = RANK[news.status] > RANK[before];
  const status = isFurther || isFirst ? news.status : before;
  const isFilled = news.filledUnits >= order.units || (isOver(order) && order.filledUnits >= order.units);
  if (!isFirst && !hasMore && !isFurther) return null;
  return {
    ...news,
    status: isFilled ? 'filled' : status,
    filledUnits: hasMore ? news.filledUnits : units(order.filledUnits),
    averagePrice: hasMore ? news.averagePrice : order.averagePrice,
  };
}

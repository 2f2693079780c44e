import { istDateOf, type EpochMs } from '@sos/domain';

/** Numbers of orders and trades in the vendor's form: an order's begins with its day, `260112025000001`. */
export class DeskIds {
  private orders = 0;
  private exchangeOrders = 0;
  private trades = 0;

  order(at: EpochMs): string {
    const day = istDateOf(at).slice(2).replaceAll('-', '');
    return `${day}025${String(++this.orders).padStart(6, '0')}`;
  }

  exchangeOrder(): string {
    return `1300000${String(++this.exchangeOrders).padStart(9, '0')}`;
  }

  trade(): string {
    return String(50_000_000 + ++this.trades);
  }
}

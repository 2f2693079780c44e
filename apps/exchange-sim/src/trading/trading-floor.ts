import type { Contract, EpochMs, OptionContract } from '@sos/domain';
import { lotSize, nextTradingDay, sessionOf } from '@sos/rulebook';
import type { FaultMenu } from '../faults.js';
import type { PlayedMessage, RecordedPlay } from '../market/recorded-play.js';
import type { SimulatedExchange } from '../market/simulated-exchange.js';
import { bookOfState, type DisplayedBook } from './displayed-book.js';
import { OrderDesk, type DeskPhase, type DeskUpdate } from './order-desk.js';

/** The settings of a floor. */
export interface TradingFloorOptions {
  readonly exchange: SimulatedExchange;
  readonly faults: FaultMenu;
  readonly recorded?: RecordedPlay | undefined;
  readonly cashPaise: number;
  readonly onUpdates: (updates: readonly DeskUpdate[], isBeforeAnswer: boolean) => void;
}

/** The order desk in its market: it sees the books of the market of the stand-in, simulated or recorded, as time goes by. */
export class TradingFloor {
  readonly desk: OrderDesk;
  private readonly options: TradingFloorOptions;
  private readonly played = new Map<string, DisplayedBook>();

  constructor(options: TradingFloorOptions) {
    const { exchange, faults, cashPaise, onUpdates } = options;
    this.options = options;
    this.desk = new OrderDesk({
      cashPaise,
      faults,
      onUpdates,
      phase: () => this.phase(),
      now: () => exchange.now(),
    });
  }

  now(): EpochMs {
    return this.options.exchange.now();
  }

  /** True in continuous trading that is not halted. */
  isOpen(): boolean {
    return this.options.exchange.isOpen();
  }

  /** The option of an instrument key that is listed today, another contract, or null. */
  async contractOf(key: string): Promise<Contract | null> {
    const { recorded, exchange } = this.options;
    const contract = recorded ? recorded.contractOf(key) : await exchange.contractOf(key);
    return contract === null || (contract.kind !== 'index' && contract.expiry < exchange.today()) ? null : contract;
  }

  lotOf({ underlying, expiry }: OptionContract): number {
    return lotSize(underlying, expiry, this.options.exchange.today());
  }

  /** Shows the desk what is displayed of an instrument now. */
  async look(key: string, contract: OptionContract): Promise<void> {
    this.desk.watch(key, this.lotOf(contract));
    const book = await this.bookOf(key, contract);
    if (book !== null && !this.phase().isHalted) this.desk.show(key, book);
  }

  /** The last price of an instrument in rupees, 0 before its first print. */
  async lastPrice(key: string, contract: OptionContract): Promise<number> {
    const last = (await this.bookOf(key, contract))?.lastPaise ?? Number.NaN;
    return Number.isFinite(last) ? last / 100 : 0;
  }

  /** Lets the market of now meet the orders. */
  async turn(): Promise<void> {
    this.desk.advance();
    if (!this.phase().isOpen) return;
    for (const key of this.desk.watched()) {
      const contract = await this.contractOf(key);
      if (contract?.kind === 'option') await this.look(key, contract);
    }
  }

  /** A recorded message is played: its book meets the orders at its time. */
  play({ key, book }: PlayedMessage): void {
    if (book === null) return;
    this.played.set(key, book);
    if (this.phase().isOpen) this.desk.show(key, book);
  }

  private async bookOf(key: string, contract: OptionContract): Promise<DisplayedBook | null> {
    const { exchange, recorded } = this.options;
    if (recorded) return this.played.get(key) ?? null;
    const state = await exchange.traded(contract);
    return state === null ? null : bookOfState(state, exchange.now());
  }

  private phase(): DeskPhase {
    const { exchange } = this.options;
    const [now, today] = [exchange.now(), exchange.today()];
    const session = sessionOf(today);
    return {
      isOpen: exchange.isOpen(),
      isHalted: exchange.isHalted(),
      session: session !== null && now < session.close ? today : nextTradingDay(today),
      isOver: (date) => now >= (sessionOf(date)?.close ?? 0),
    };
  }
}

import { AppError, paise, type EpochMs, type OptionContract, type Paise } from '@sos/domain';
import type {
  Broker,
  BrokerCapabilities,
  BrokerFunds,
  BrokerOrder,
  BrokerPosition,
  BrokerSession,
  BrokerTrade,
  MarketQuote,
  OrderAnswer,
  OrderChange,
  OrderListener,
  OrderSlip,
  OrderStream,
  ShellClock,
} from '@sos/engine';
import { FaultPlan, NO_FAULTS, type FaultMenu, type MessageFate } from './fault-plan.js';
import { SimulatedExchange, type SimulatedTerms } from './simulated-exchange.js';

/** Settings of a simulated broker. Latencies in milliseconds. */
export interface SimulatedBrokerOptions {
  readonly clock: ShellClock;
  termsOf(contract: OptionContract): SimulatedTerms;
  readonly funds: Paise;
  /** One way to the broker and on to the exchange. Default 20. */
  readonly latencyMs?: number;
  readonly faults?: FaultMenu;
  readonly seed?: number;
}

const TIMEOUT_MS = 5_000;
// A gateway that gave up, and a queue behind it that did not.
const LATE_MS = [500, 9_000] as const;
const DOWN_MS = 4_000;

/**
 * A broker for paper trading and for tests: the whole order life in this process, filled by price-time matching against the quotes it is shown. With a menu of
 * faults it fails as real brokers do, and a seed repeats every failure exactly.
 */
export class SimulatedBroker implements Broker {
  readonly id = 'simulated';
  readonly capabilities: BrokerCapabilities = { tagLength: 20, findsByTag: true, isSimulated: true };
  /** What the broker stands in front of: tests look at it to know what is true. */
  readonly exchange: SimulatedExchange;
  readonly #clock: ShellClock;
  readonly #latency: number;
  readonly #funds: Paise;
  readonly #plan: FaultPlan;
  readonly #listeners = new Set<OrderListener>();
  readonly #fates: MessageFate[] = [];
  #isDown = false;
  #isLoggedIn = true;

  constructor({ clock, termsOf, funds, latencyMs = 20, faults = NO_FAULTS, seed = 1 }: SimulatedBrokerOptions) {
    this.#clock = clock;
    this.#latency = latencyMs;
    this.#funds = funds;
    this.#plan = new FaultPlan(faults, seed);
    this.exchange = new SimulatedExchange({
      now: () => (clock.now() + this.#plan.skewMs) as EpochMs,
      termsOf,
      funds,
      onChange: (order) => this.#changed(order),
    });
  }

  /** Shows the next quote of a contract. */
  show(contract: string, quote: MarketQuote): void {
    this.exchange.show(contract, quote);
  }

  /** Ends or renews the login. */
  setLogin(isValid: boolean): void {
    this.#isLoggedIn = isValid;
    if (!isValid) for (const listener of this.#listeners) listener.onState('login-needed');
  }

  /** Decides the fate of the next order message. */
  failNext(fate: MessageFate): void {
    this.#fates.push(fate);
  }

  session(): BrokerSession {
    return this.#isLoggedIn
      ? { state: 'valid', expiresAt: null, nextStep: null }
      : { state: 'expired', expiresAt: null, nextStep: 'renew the login of the simulated broker' };
  }

  place(slip: OrderSlip): Promise<OrderAnswer> {
    return this.#message(() => {
      const answer = this.exchange.place(slip);
      if (answer.kind !== 'done') return answer;
      const rejection = this.#plan.random.chance(this.#plan.menu.lateReject) ? 'RMS: refused by risk management' : '';
      this.#clock.after(this.#latency, () => this.exchange.confirm(answer.orderId, rejection));
      return answer;
    });
  }

  modify(change: OrderChange): Promise<OrderAnswer> {
    return this.#message(() => this.exchange.modify(change));
  }

  cancel(orderId: string): Promise<OrderAnswer> {
    return this.#message(() => this.exchange.cancel(orderId));
  }

  async findByTag(tag: string): Promise<readonly BrokerOrder[]> {
    await this.#reading();
    return this.exchange.orders().filter((order) => order.tag === tag);
  }

  async orders(): Promise<readonly BrokerOrder[]> {
    await this.#reading();
    return this.exchange.orders();
  }

  async trades(): Promise<readonly BrokerTrade[]> {
    await this.#reading();
    return this.exchange.trades();
  }

  async positions(): Promise<readonly BrokerPosition[]> {
    await this.#reading();
    return this.exchange.positions();
  }

  async funds(): Promise<BrokerFunds> {
    await this.#reading();
    const available = this.exchange.cash;
    return { available, used: paise(Math.max(0, this.#funds - available)) };
  }

  updates(listener: OrderListener): OrderStream {
    this.#listeners.add(listener);
    this.#clock.after(this.#latency, () => {
      if (this.#listeners.has(listener)) listener.onState('up');
    });
    return { stop: () => void this.#listeners.delete(listener) };
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(ms, resolve));
  }

  #requireLogin(): void {
    if (!this.#isLoggedIn)
      throw new AppError('SOS_AUTH', 'expected a valid login of the simulated broker, found an expired one');
  }

  async #reading(): Promise<void> {
    await this.#wait(this.#latency);
    this.#requireLogin();
    if (this.#plan.random.chance(this.#plan.menu.readFails))
      throw new AppError('SOS_NETWORK', 'expected an answer of the simulated broker, found HTTP 503');
  }

  async #message(act: () => OrderAnswer): Promise<OrderAnswer> {
    const fate = this.#fates.shift() ?? this.#plan.message();
    if (fate === 'not-sent')
      throw new AppError('SOS_NETWORK', 'expected a connection to the simulated broker, found it refused');
    await this.#wait(this.#latency);
    this.#requireLogin();
    if (fate === 'rate-limited') return { kind: 'refused', reason: 'rate', detail: 'too many requests' };
    if (fate === 'answered') {
      const answer = act();
      await this.#wait(this.#plan.random.chance(this.#plan.menu.slowAnswer) ? 40 * this.#latency : this.#latency);
      return answer;
    }
    if (fate === 'timeout-after' || fate === 'error-after') act();
    if (fate === 'late-arrival') this.#clock.after(this.#plan.random.between(LATE_MS[0], LATE_MS[1]), act);
    const isFast = fate.startsWith('error') || fate === 'late-arrival';
    await this.#wait(isFast ? this.#latency : TIMEOUT_MS);
    throw new AppError(
      'SOS_OUTCOME_UNKNOWN',
      `expected an answer of the simulated broker, found ${isFast ? 'HTTP 502' : 'none in 5 s'}`,
    );
  }

  #changed(order: BrokerOrder): void {
    const isPartial = order.status === 'working' && order.filledUnits > 0;
    if (isPartial && this.#plan.random.chance(this.#plan.menu.partialThenCancel))
      this.#clock.after(this.#latency, () => void this.exchange.cancel(order.orderId));
    const fate = this.#plan.update();
    if (fate === 'lost') return;
    if (fate === 'disconnect') return this.#disconnect();
    this.#tell(order, fate === 'late' ? this.#plan.random.between(200, 6_000) : this.#latency);
    if (fate === 'doubled') this.#tell(order, this.#plan.random.between(20, 3_000));
  }

  #tell(order: BrokerOrder, ms: number): void {
    this.#clock.after(ms, () => {
      if (!this.#isDown) for (const listener of this.#listeners) listener.onOrder(order);
    });
  }

  #disconnect(): void {
    if (this.#isDown) return;
    this.#isDown = true;
    for (const listener of this.#listeners) listener.onState('down');
    this.#clock.after(DOWN_MS, () => {
      this.#isDown = false;
      for (const listener of this.#listeners) listener.onState('up');
    });
  }
}

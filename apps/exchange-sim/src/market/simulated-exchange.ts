import type { MarketSource } from '@sos/backtester';
import {
  addDays,
  istDateOf,
  istInstant,
  type ChainTape,
  type Contract,
  type DayTape,
  type EpochMs,
  type FutureContract,
  type IstDate,
  type OptionContract,
  type Right,
  type Underlying,
} from '@sos/domain';
import { isExpiry, isMonthlyExpiry, isTradingDay, monthlyExpiry, sessionOf, tradingDays } from '@sos/rulebook';
import { futureContract, indexContract, optionContract } from '@sos/symbol-master';
import type { FaultMenu } from '../faults.js';
import type { SimClock } from '../sim-clock.js';
import { byExpiryAndStrike, keyOfContract } from '../upstox/contract-keys.js';
import { disturbedState } from './disturbed-state.js';
import { InstrumentDay, type InstrumentState } from './instrument-day.js';

const RIGHTS: readonly Right[] = ['CE', 'PE'];
const HISTORY_FROM = '2024-10-01' as IstDate;
const KEPT_DAYS = 12;

/** The market behind the stand-in: which contracts exist and what they cost, at the time of the exchange's clock. */
export class SimulatedExchange {
  readonly underlyings: readonly Underlying[];
  readonly clock: SimClock;
  private readonly source: MarketSource;
  private faults: FaultMenu | null = null;
  private readonly tapes = new Map<string, Promise<DayTape | null>>();
  private readonly known = new Map<string, Contract>();
  private readonly instruments = new WeakMap<DayTape, Map<string, InstrumentDay | null>>();

  constructor(source: MarketSource, clock: SimClock, underlyings: readonly Underlying[]) {
    this.source = source;
    this.clock = clock;
    this.underlyings = underlyings;
    for (const underlying of underlyings) this.learn(indexContract(underlying));
  }

  today(): IstDate {
    return istDateOf(this.clock.now());
  }

  /** The tape of a day, or null when nothing is known of it or it is still to come. */
  day(underlying: Underlying, date: IstDate): Promise<DayTape | null> {
    if (date > this.today() || !isTradingDay(date)) return Promise.resolve(null);
    const name = `${underlying} ${date}`;
    let tape = this.tapes.get(name);
    if (tape === undefined) {
      tape = this.source.day(underlying, date);
      this.tapes.set(name, tape);
      const oldest = this.tapes.keys().next().value;
      if (this.tapes.size > KEPT_DAYS && oldest !== undefined) this.tapes.delete(oldest);
    }
    return tape;
  }

  /** The day whose contracts are listed now: today, or the last trading day before. */
  async listingDay(underlying: Underlying): Promise<DayTape | null> {
    for (let date = this.today(), tries = 0; tries < 10; date = addDays(date, -1), tries++) {
      const tape = await this.day(underlying, date);
      if (tape !== null) return tape;
    }
    return null;
  }

  /** The contracts of an underlying that are listed now: index, front future, options of the tape's chains. */
  async listed(underlying: Underlying): Promise<Contract[]> {
    const tape = await this.listingDay(underlying);
    const today = this.today();
    const options = (tape?.chains ?? []).flatMap((chain) => optionsOf(chain)).filter((o) => o.expiry >= today);
    const future = tape === null || tape.future === null ? null : frontFuture(underlying, tape.date);
    const found: Contract[] = [
      indexContract(underlying),
      ...(future ? [future] : []),
      ...options.sort(byExpiryAndStrike),
    ];
    for (const contract of found) this.learn(contract);
    return found;
  }

  /** The options of an expiry that is over: every strike of its last sessions. */
  async expiredOptions(underlying: Underlying, expiry: IstDate): Promise<OptionContract[]> {
    const strikes = new Set<number>();
    for (const date of tradingDays(addDays(expiry, -9), expiry)) {
      const day = await this.day(underlying, date);
      const chain = day?.chains.find((c) => c.expiry === expiry);
      for (const strike of chain?.strikes ?? []) strikes.add(strike);
    }
    const found = [...strikes].flatMap((strike) =>
      RIGHTS.map((right) => optionContract({ underlying, expiry, strike, right })),
    );
    for (const contract of found) this.learn(contract);
    return found.sort(byExpiryAndStrike);
  }

  /** The future of an expiry that is over; null when none ended on that day. */
  expiredFuture(underlying: Underlying, expiry: IstDate): FutureContract | null {
    if (expiry >= this.today() || !isMonthlyExpiry(underlying, expiry)) return null;
    const future = futureContract(underlying, expiry);
    this.learn(future);
    return future;
  }

  /** Past expiries since the vendor keeps them. */
  expiredExpiries(underlying: Underlying): IstDate[] {
    const yesterday = addDays(this.today(), -1);
    return tradingDays(HISTORY_FROM, yesterday).filter((date) => isExpiry(underlying, date));
  }

  /** The contract of a key that was listed by an earlier answer, or of any index. */
  async contractOf(key: string): Promise<Contract | null> {
    if (!this.known.has(key)) for (const underlying of this.underlyings) await this.listed(underlying);
    return this.known.get(key) ?? null;
  }

  async instrument(contract: Contract, date: IstDate): Promise<InstrumentDay | null> {
    const tape = await this.day(contract.underlying, date);
    if (tape === null) return null;
    let known = this.instruments.get(tape);
    if (known === undefined) this.instruments.set(tape, (known = new Map()));
    const found = known.get(contract.id);
    if (found !== undefined) return found;
    const made = instrumentOf(tape, contract);
    known.set(contract.id, made);
    return made;
  }

  /** Lets the market faults of a script befall what is displayed. */
  disturbBy(faults: FaultMenu): void {
    this.faults = faults;
  }

  /** What is displayed of a contract now, or null before its first print of the day. */
  async state(contract: Contract): Promise<InstrumentState | null> {
    const state = await this.traded(contract);
    const faults = state === null ? [] : (this.faults?.onQuote(contract.id, this.clock.now()) ?? []);
    if (state === null || faults.length === 0) return state;
    const day = await this.instrument(contract, this.today());
    return disturbedState(state, faults, (clock) => day?.at(istInstant(this.today(), clock))?.openInterest);
  }

  /** What orders meet of a contract now: the market as it is, with its freak prints, without faults of the display. */
  async traded(contract: Contract): Promise<InstrumentState | null> {
    const now = this.clock.now();
    const day = await this.instrument(contract, this.today());
    const state = day?.at(this.faults?.haltedSince(now) ?? now) ?? null;
    const freaks = this.faults?.onQuote(contract.id, now).filter((rule) => rule.fault === 'freak-print') ?? [];
    return state === null || freaks.length === 0 ? state : disturbedState(state, freaks, () => undefined);
  }

  /** True in continuous trading that is not halted. */
  isOpen(): boolean {
    const now = this.clock.now();
    const inSession = sessionOf(this.today())?.windows.some((w) => now >= w.open && now < w.close) === true;
    return inSession && !this.isHalted();
  }

  isHalted(): boolean {
    return (this.faults?.haltedSince(this.clock.now()) ?? null) !== null;
  }

  /** The newest snapshot of a chain that was published by now, as its row; null before the first. */
  async chain(underlying: Underlying, expiry: IstDate): Promise<{ tape: ChainTape; row: number } | null> {
    const day = await this.listingDay(underlying);
    const tape = day?.chains.find((chain) => chain.expiry === expiry);
    if (tape === undefined) return null;
    const until = this.faults?.haltedSince(this.clock.now()) ?? this.clock.now();
    const row = tape.availableAt.findLastIndex((at) => at <= until);
    return row < 0 ? null : { tape, row };
  }

  now(): EpochMs {
    return this.clock.now();
  }

  private learn(contract: Contract): void {
    this.known.set(keyOfContract(contract), contract);
  }
}

function frontFuture(underlying: Underlying, on: IstDate): FutureContract | null {
  const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
  for (let at = month - 1; at < month + 2; at++) {
    const expiry = monthlyExpiry(underlying, { year: year + Math.floor(at / 12), month: (at % 12) + 1 });
    if (expiry !== null && expiry >= on) return futureContract(underlying, expiry);
  }
  return null;
}

function optionsOf(chain: ChainTape): OptionContract[] {
  const { underlying, expiry } = chain;
  return [...chain.strikes].flatMap((strike) =>
    RIGHTS.map((right) => optionContract({ underlying, expiry, strike, right })),
  );
}

function instrumentOf(tape: DayTape, contract: Contract): InstrumentDay | null {
  if (contract.kind === 'index') return InstrumentDay.ofIndex(tape);
  if (contract.kind === 'future') {
    // A day's tape holds its front future only.
    const isFront = frontFuture(tape.underlying, tape.date)?.id === contract.id;
    return tape.future === null || !isFront ? null : InstrumentDay.ofBars(tape.future);
  }
  const series = tape.option(contract);
  return series === null ? null : InstrumentDay.ofOption(series);
}

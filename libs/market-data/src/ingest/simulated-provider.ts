import {
  AppError,
  istDateOf,
  parseIstDate,
  type BarColumns,
  type Contract,
  type DayTape,
  type EpochMs,
  type IstDate,
  type OptionContract,
  type Underlying,
} from '@sos/domain';
import { defaultRulebook, type Rulebook } from '@sos/rulebook';
import type { CandleRequest, ProvidedCandles, Provider, ProviderSession } from '../providers/provider.js';
import { createSimulatedMarket } from '../simulated/simulated-market.js';
import { joinBars } from './join-bars.js';
import { optionsAt } from './option-band.js';

/** The settings of the simulated provider. */
export interface SimulatedProviderOptions {
  readonly seed: string | number;
  /** The clock: minutes that are not over are not given. */
  readonly now: () => EpochMs;
  readonly rulebook?: Rulebook;
}

const DAYS = 5;
// Days of two symbols that one stretch of requests comes back to.
const KEPT_DAYS = 2 * DAYS;

class SimulatedProvider implements Provider {
  readonly id = 'simulated';
  readonly capabilities = {
    candles: ['index', 'future', 'option'],
    candlesSince: parseIstDate('2019-02-11'),
    expiredContracts: true,
    candleDaysPerRequest: DAYS,
    quotesPerRequest: 0,
    feedInstruments: 0,
    rateLimits: [],
  } as const;
  private readonly market;
  private readonly rulebook: Rulebook;
  private readonly now: () => EpochMs;
  private readonly tapes = new Map<string, Promise<DayTape | null>>();

  constructor({ seed, now, rulebook = defaultRulebook() }: SimulatedProviderOptions) {
    this.now = now;
    this.rulebook = rulebook;
    this.market = createSimulatedMarket({ seed, rulebook });
  }

  session(): ProviderSession {
    return { state: 'not-needed', expiresAt: null, nextStep: null };
  }

  async *candles({ contract, from, to }: CandleRequest): AsyncGenerator<ProvidedCandles> {
    const pieces: BarColumns[] = [];
    let isKnown = contract.kind !== 'option';
    for (const date of this.rulebook.tradingDays(from, to)) {
      const tape = date > istDateOf(this.now()) ? null : await this.tape(contract.underlying, date);
      const bars = tape === null ? null : this.barsOf(tape, contract);
      if (bars === null) continue;
      isKnown = true;
      pieces.push(this.finished(bars));
    }
    if (!isKnown)
      throw new AppError('SOS_UNKNOWN_SYMBOL', `expected a contract of the simulated market, found ${contract.id}`);
    const bars = joinBars(pieces);
    yield { candles: { contract, minutes: 1, bars, source: 'simulated', repaired: null }, quarantined: [] };
  }

  async contracts({ underlying, expiry }: { underlying: Underlying; expiry: IstDate }): Promise<OptionContract[]> {
    const strikes = new Set<number>();
    for (const date of this.rulebook.tradingDays(this.rulebook.previousTradingDay(expiry), expiry)) {
      const tape = date > istDateOf(this.now()) ? null : await this.tape(underlying, date);
      for (const strike of tape?.chains.find((c) => c.expiry === expiry)?.strikes ?? []) strikes.add(strike);
    }
    return optionsAt(
      underlying,
      expiry,
      [...strikes].sort((a, b) => a - b),
    );
  }

  private barsOf(tape: DayTape, contract: Contract): BarColumns | null {
    switch (contract.kind) {
      case 'index':
        return tape.index;
      case 'future':
        return tape.future;
      case 'option':
        return tradedBars(tape, contract);
    }
  }

  private finished(bars: BarColumns): BarColumns {
    let length = bars.length;
    while (length > 0 && (bars.time[length - 1] as number) > this.now()) length--;
    return { ...bars, length, time: bars.time.subarray(0, length) };
  }

  private tape(underlying: Underlying, date: IstDate): Promise<DayTape | null> {
    const name = `${underlying} ${date}`;
    const known = this.tapes.get(name) ?? this.market.day(underlying, date);
    this.tapes.delete(name);
    this.tapes.set(name, known);
    const oldest = this.tapes.keys().next().value;
    if (this.tapes.size > KEPT_DAYS && oldest !== undefined) this.tapes.delete(oldest);
    return known;
  }
}

/** A candle vendor sends minutes with a trade only. */
function tradedBars(tape: DayTape, contract: OptionContract): BarColumns | null {
  const series = tape.option(contract);
  if (series === null) return null;
  const rows: number[] = [];
  for (let i = 0; i < series.length; i++) if ((series.volume[i] as number) > 0) rows.push(i);
  const column = (from: Float64Array): Float64Array => Float64Array.from(rows, (row) => from[row] as number);
  return {
    length: rows.length,
    time: column(series.time),
    open: column(series.open),
    high: column(series.high),
    low: column(series.low),
    close: column(series.close),
    volume: column(series.volume),
    openInterest: column(series.openInterest),
  };
}

/** The simulated market as a provider of candles, so that ingestion works without a vendor; every row is labelled `simulated`. */
export function createSimulatedProvider(options: SimulatedProviderOptions): Provider {
  return new SimulatedProvider(options);
}

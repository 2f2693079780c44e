import type { BarColumns, ChainSide, ChainTape, DayTape, OptionContract, OptionSeries } from '@sos/domain';
import { Curtain, type CurtainColumn } from './curtain.js';
import { fillColumn, type Channel, type Filling, type Lean } from './filling.js';

const BAR_FIELDS = ['open', 'high', 'low', 'close', 'volume', 'openInterest'] as const;
const PRICES = ['ltp', 'bid', 'ask', 'bidQty', 'askQty'] as const;
const SERIES_FIELDS = [
  'open',
  'high',
  'low',
  'close',
  'bid',
  'ask',
  'bidQty',
  'askQty',
  'volume',
  'openInterest',
] as const;

/** How a tape is masked. */
export interface MaskOptions {
  readonly filling: Filling;
  /** Only data of this kind is masked; all of it when absent. */
  readonly only?: Channel;
}

/**
 * A day of which nothing can be seen before it is known: every cell of a later row holds an adversarial value, and the true one is put there at the moment at which it
 * becomes available. Times stay as they are, because the shell orders the day by them; the columns are copies, so that the real day is never touched.
 */
export class MaskedTape {
  readonly tape: DayTape;
  readonly #options: MaskOptions;
  readonly #curtains: Curtain[] = [];
  readonly #series = new Map<string, OptionSeries | null>();
  #now = Number.NEGATIVE_INFINITY;
  #columns = 0;

  constructor(real: DayTape, options: MaskOptions) {
    this.#options = options;
    const index = this.#bars(real.index, 'index');
    const future = real.future && this.#bars(real.future, 'future');
    const chains = real.chains.map((chain) => this.#chain(chain));
    const { underlying, date, indexSource, previousClose, origins } = real;
    const option = (contract: OptionContract): OptionSeries | null => this.#option(real, contract);
    this.tape = { underlying, date, indexSource, previousClose, origins, index, future, chains, option };
  }

  /** Everything that is known at an instant is shown from now on. Instants must rise. */
  reveal(now: number): void {
    this.#now = now;
    for (const curtain of this.#curtains) curtain.reveal(now);
  }

  #mask(
    real: Float64Array,
    channel: Channel,
    { into, lean = 1, width = 1 }: { into: CurtainColumn[]; lean?: Lean; width?: number },
  ): Float64Array {
    const { only, filling } = this.#options;
    if (only !== undefined && only !== channel) return real;
    const shown = new Float64Array(real.length);
    fillColumn(shown, real, { filling, lean, width, column: ++this.#columns });
    into.push({ shown, real, width });
    return shown;
  }

  #draw(columns: CurtainColumn[], knownAt: Float64Array, length: number): void {
    const curtain = new Curtain(columns, knownAt, length);
    curtain.reveal(this.#now);
    if (columns.length > 0) this.#curtains.push(curtain);
  }

  #bars(real: BarColumns, channel: 'index' | 'future'): BarColumns {
    const into: CurtainColumn[] = [];
    const [open, high, low, close, volume, openInterest] = BAR_FIELDS.map((name) =>
      this.#mask(real[name], channel, { into }),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    this.#draw(into, real.time, real.length);
    return { length: real.length, time: real.time, open, high, low, close, volume, openInterest };
  }

  #chain(real: ChainTape): ChainTape {
    const into: CurtainColumn[] = [];
    const width = real.strikes.length;
    const side = (from: ChainSide, lean: Lean): ChainSide => {
      const price = (name: (typeof PRICES)[number]): Float64Array =>
        this.#mask(from[name], 'chain prices', { into, lean, width });
      return {
        ltp: price('ltp'),
        bid: price('bid'),
        ask: price('ask'),
        bidQty: price('bidQty'),
        askQty: price('askQty'),
        volume: this.#mask(from.volume, 'chain volume', { into, lean, width }),
        openInterest: this.#mask(from.openInterest, 'chain open interest', { into, lean, width }),
      };
    };
    const { underlying, expiry, source, strikes, length, eventTime, availableAt } = real;
    const [call, put] = [side(real.call, 1), side(real.put, -1)];
    const spot = this.#mask(real.spot, 'spot', { into });
    this.#draw(into, availableAt, length);
    return { underlying, expiry, source, strikes, length, eventTime, availableAt, spot, call, put };
  }

  #option(real: DayTape, contract: OptionContract): OptionSeries | null {
    const known = this.#series.get(contract.id);
    if (known !== undefined) return known;
    const series = real.option(contract);
    const masked = series && this.#maskSeries(series);
    this.#series.set(contract.id, masked);
    return masked;
  }

  #maskSeries(real: OptionSeries): OptionSeries {
    const into: CurtainColumn[] = [];
    const lean = real.contract.right === 'CE' ? 1 : -1;
    const masked = { ...real };
    for (const name of SERIES_FIELDS) masked[name] = this.#mask(real[name], 'option rows', { into, lean });
    this.#draw(into, real.availableAt, real.length);
    return masked;
  }
}

/** The day as far as it was known at an instant: later rows are not there at all, not even their number. */
export function cutTape(real: DayTape, now: number): DayTape {
  const upTo = (knownAt: Float64Array, length: number): number => {
    let count = 0;
    while (count < length && (knownAt[count] as number) <= now) count++;
    return count;
  };
  const bars = (from: BarColumns): BarColumns => {
    const length = upTo(from.time, from.length);
    const cut = { ...from, length };
    for (const name of ['time', ...BAR_FIELDS] as const) cut[name] = from[name].slice(0, length);
    return cut;
  };
  const chain = (from: ChainTape): ChainTape => {
    const length = upTo(from.availableAt, from.length);
    const cells = length * from.strikes.length;
    const side = (s: ChainSide): ChainSide => {
      const cut = { ...s };
      for (const name of [...PRICES, 'volume', 'openInterest'] as const) cut[name] = s[name].slice(0, cells);
      return cut;
    };
    const { eventTime, availableAt, spot, call, put } = from;
    const times = { eventTime: eventTime.slice(0, length), availableAt: availableAt.slice(0, length) };
    return { ...from, length, ...times, spot: spot.slice(0, length), call: side(call), put: side(put) };
  };
  const option = (contract: OptionContract): OptionSeries | null => {
    const series = real.option(contract);
    if (series === null) return null;
    const length = upTo(series.availableAt, series.length);
    const cut = { ...series, length };
    for (const name of ['openTime', 'time', 'availableAt', ...SERIES_FIELDS] as const)
      cut[name] = series[name].slice(0, length);
    return cut;
  };
  const { underlying, date, indexSource, previousClose, origins } = real;
  const parts = { index: bars(real.index), future: real.future && bars(real.future), chains: real.chains.map(chain) };
  return { underlying, date, indexSource, previousClose, origins, ...parts, option };
}

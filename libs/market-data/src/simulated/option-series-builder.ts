import { MS_PER_MINUTE, type OptionContract, type OptionSeries, type SeriesSource } from '@sos/domain';
import { ContractModel, placeOfRow } from './contract-model.js';
import type { ExpiryState } from './expiry-state.js';
import type { FlowClimate } from './flow-climate.js';
import { intrabarForwards } from './intrabar-forwards.js';
import { askTicks, bidTicks, lotsAtQuote, quoteWidth, rupeesOfTicks, tradePrice, usualLots } from './quote-model.js';
import { latticeBits } from './random-stream.js';
import { unfilledColumns } from './unfilled-columns.js';

const COLUMNS = 13;

type Columns = Omit<OptionSeries, 'contract' | 'kind' | 'source' | 'length'>;

// One block of memory for all columns.
function makeColumns(rows: number): Columns {
  const block = unfilledColumns(COLUMNS * rows);
  const column = (i: number): Float64Array => block.subarray(i * rows, (i + 1) * rows);
  return {
    openTime: column(0),
    time: column(1),
    availableAt: column(2),
    open: column(3),
    high: column(4),
    low: column(5),
    close: column(6),
    bid: column(7),
    ask: column(8),
    bidQty: column(9),
    askQty: column(10),
    volume: column(11),
    openInterest: column(12),
  };
}

/** Writes the columns of one contract over the rows in which it was traded. */
class SeriesWriter {
  private readonly model: ContractModel;
  private readonly state: ExpiryState;
  private readonly rows: Int32Array;
  private readonly out: Columns;
  // Fair premium at the close of each row, width of the quotes around it, and the row's random bits.
  private readonly fair: Float64Array;
  private readonly width: Float64Array;
  private readonly bits: Int32Array;

  constructor(model: ContractModel, rows: Int32Array) {
    this.model = model;
    this.state = model.state;
    this.rows = rows;
    this.out = makeColumns(rows.length);
    this.fair = new Float64Array(rows.length);
    this.width = new Float64Array(rows.length);
    this.bits = new Int32Array(rows.length);
  }

  write(): Columns {
    this.prepare();
    this.writeCloseAndQuotes();
    this.writeOpen();
    this.writeExtremes();
    return this.out;
  }

  private prepare(): void {
    const { model, state, rows, fair, width, bits } = this;
    const { key } = model.terms;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const value = model.fair(row + 1);
      const intrinsic = model.intrinsic(state.forward[row + 1] as number);
      fair[i] = value;
      width[i] = quoteWidth(state.width[row + 1] as number, value, intrinsic);
      bits[i] = latticeBits(key, placeOfRow(row));
    }
  }

  private writeCloseAndQuotes(): void {
    const { fair, width, bits, state } = this;
    const { close, bid, ask, bidQty, askQty } = this.out;
    const { lot, quoteLots } = state;
    for (let i = 0; i < fair.length; i++) {
      const value = fair[i] as number;
      const wide = width[i] as number;
      const luck = bits[i] as number;
      const ticks = bidTicks(value, wide);
      const buyers = ticks > 0 ? rupeesOfTicks(ticks) : Number.NaN;
      const sellers = rupeesOfTicks(askTicks(value, wide, ticks));
      const usual = usualLots(buyers, sellers, quoteLots);
      close[i] = tradePrice(value, wide, luck);
      bid[i] = buyers;
      ask[i] = sellers;
      bidQty[i] = ticks > 0 ? lotsAtQuote(usual, (luck >>> 8) & 255) * lot : Number.NaN;
      askQty[i] = lotsAtQuote(usual, luck & 255) * lot;
    }
  }

  /** The first trade of a row: at the volatility of the row before, on the side of the book where the row's number falls. */
  private writeOpen(): void {
    const { model, rows, width, bits, out } = this;
    const { open, logOpen } = intrabarForwards(this.state);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const value = model.fairAt(open[row] as number, logOpen[row] as number, row);
      out.open[i] = tradePrice(value, width[i] as number, (bits[i] as number) << 16);
    }
  }

  /** Trades at the fair premium of the row's highest and lowest spot. */
  private writeExtremes(): void {
    const { model, rows, out } = this;
    const { high, low, logHigh, logLow } = intrabarForwards(this.state);
    const { isCall } = model;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const atHigh = tradePrice(model.fairAt(high[row] as number, logHigh[row] as number, row + 1), 0, 0);
      const atLow = tradePrice(model.fairAt(low[row] as number, logLow[row] as number, row + 1), 0, 0);
      const first = out.open[i] as number;
      const last = out.close[i] as number;
      const up = isCall ? atHigh : atLow;
      const down = isCall ? atLow : atHigh;
      const top = first > last ? first : last;
      const bottom = first > last ? last : first;
      out.high[i] = up > top ? up : top;
      out.low[i] = down < bottom ? down : bottom;
    }
  }
}

/** Rows in which the contract was traded; `lots` is filled with the count traded by the end of each. */
function tradedRows(model: ContractModel, lots: Float64Array): Int32Array {
  const rows = new Int32Array(lots.length);
  let [count, before] = [0, 0];
  for (let row = 0; row < lots.length; row++) {
    const now = model.lotsThrough(row);
    if (now === before) continue;
    lots[count] = now;
    rows[count++] = row;
    before = now;
  }
  return rows.subarray(0, count);
}

/** One-minute bars of a contract, in step with the spot inside each minute; minutes without a trade have no row. */
export function buildOptionSeries(climate: FlowClimate, contract: OptionContract, source: SeriesSource): OptionSeries {
  const model = new ContractModel(climate, contract);
  const { path } = climate.state.market;
  const lots = new Float64Array(path.length);
  const rows = tradedRows(model, lots);
  const out = new SeriesWriter(model, rows).write();
  const { lot } = climate.state;
  let before = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const time = path.time[row] as number;
    out.openTime[i] = time - MS_PER_MINUTE;
    out.time[i] = time;
    out.availableAt[i] = time;
    out.volume[i] = ((lots[i] as number) - before) * lot;
    out.openInterest[i] = model.openInterestAfter(row);
    before = lots[i] as number;
  }
  return { contract, kind: 'bars', source, length: rows.length, ...out };
}

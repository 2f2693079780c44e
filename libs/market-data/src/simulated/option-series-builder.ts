import { MS_PER_MINUTE, type OptionContract, type OptionSeries, type SeriesSource } from '@sos/domain';
import { unfilledColumns } from './unfilled-columns.js';
import type { FlowClimate } from './flow-climate.js';
import { ContractModel, placeOfRow } from './contract-model.js';
import { askTicks, bidTicks, lotsAtQuote, rupeesOfTicks, quoteWidth, tradePrice, usualLots } from './quote-model.js';
import { latticeBits } from './random-stream.js';

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

function shorten(columns: Columns, rows: number): Columns {
  if (columns.time.length === rows) return columns;
  const short = Object.entries(columns).map(([name, column]: [string, Float64Array]) => [
    name,
    column.subarray(0, rows),
  ]);
  return Object.fromEntries(short) as Columns;
}

/** Writes one contract's bars. */
class SeriesWriter {
  readonly out: Columns;
  private readonly model: ContractModel;
  private readonly quoteLots: number;

  constructor(model: ContractModel) {
    const { path } = model.state.market;
    this.model = model;
    this.out = makeColumns(path.length);
    this.quoteLots = model.state.quoteLots;
  }

  /** The bar of `row`, with the prices of its first, extreme and last trades from the spot at those moments. */
  write(at: number, row: number, lots: number): void {
    const { model, out } = this;
    const { state, isCall, terms } = model;
    const { key } = terms;
    const { path } = state.market;
    const m = row + 1;
    const forward = state.forward[m] as number;
    const fair = model.fair(m);
    const width = quoteWidth(state.width[m] as number, fair, model.intrinsic(forward));
    const bits = latticeBits(key, placeOfRow(row));
    const close = tradePrice(fair, width, bits);
    // An expiring contract no longer follows the spot once its settlement is known.
    const over = row > state.lastSpotRow ? Number.NaN : (state.carry[m] as number);
    const open = tradePrice(
      this.fairOf((path.open[row] as number) * over, row),
      width,
      latticeBits(key, placeOfRow(row) + 1),
    );
    const up = tradePrice(this.fairOf((path.high[row] as number) * over, m), 0, 0);
    const down = tradePrice(this.fairOf((path.low[row] as number) * over, m), 0, 0);
    out.open[at] = open;
    out.high[at] = Math.max(open, close, isCall ? up : down);
    out.low[at] = Math.min(open, close, isCall ? down : up);
    out.close[at] = close;
    this.quote(at, { fair, width, bits });
    const time = path.time[row] as number;
    out.openTime[at] = time - MS_PER_MINUTE;
    out.time[at] = time;
    out.availableAt[at] = time;
    out.volume[at] = lots * state.lot;
    out.openInterest[at] = model.openInterestAfter(row);
  }

  private fairOf(forward: number, m: number): number {
    return forward > 0 ? this.model.fairAt(forward, m) : this.model.fair(m);
  }

  private quote(at: number, { fair, width, bits }: { fair: number; width: number; bits: number }): void {
    const { out, quoteLots, model } = this;
    const buyers = bidTicks(fair, width);
    const bid = buyers > 0 ? rupeesOfTicks(buyers) : Number.NaN;
    const ask = rupeesOfTicks(askTicks(fair, width, buyers));
    const usual = usualLots(bid, ask, quoteLots);
    out.bid[at] = bid;
    out.ask[at] = ask;
    out.bidQty[at] = bid > 0 ? lotsAtQuote(usual, (bits >>> 8) & 255) * model.state.lot : Number.NaN;
    out.askQty[at] = lotsAtQuote(usual, bits & 255) * model.state.lot;
  }
}

/** One-minute bars of a contract, in step with the spot inside each minute; minutes without a trade have no row. */
export function buildOptionSeries(climate: FlowClimate, contract: OptionContract, source: SeriesSource): OptionSeries {
  const model = new ContractModel(climate, contract);
  const writer = new SeriesWriter(model);
  const rows = climate.state.market.path.length;
  let [length, lots] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const now = model.lotsThrough(row);
    if (now === lots) continue;
    writer.write(length++, row, now - lots);
    lots = now;
  }
  return { contract, kind: 'bars', source, length, ...shorten(writer.out, length) };
}

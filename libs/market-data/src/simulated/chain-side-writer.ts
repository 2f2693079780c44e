import type { ChainSide, Right } from '@sos/domain';
import { contractTerms, interestAfter, interestOpened, turnoverRate, wholeLots } from './contract-flows.js';
import { ContractModel, placeOfRow } from './contract-model.js';
import { RATE_INTERVALS, type FlowClimate } from './flow-climate.js';
import { askTicks, bidTicks, lotsAtQuote, quoteWidth, rupeesOfTicks, tradePrice, usualLots } from './quote-model.js';
import { latticeBits } from './random-stream.js';
import { unfilledColumns } from './unfilled-columns.js';

// Bound once: in a sandbox (Jest) each look-up of the global costs more than the function.
const { floor } = Math;

/** The columns that are made while the session passes. */
interface WrittenColumns {
  readonly ltp: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly volume: Float64Array;
  readonly openInterest: Float64Array;
}

// One block of memory for all columns of a side: every cell is written, snapshot after snapshot, so nothing is filled in first.
function makeColumns(cells: number): WrittenColumns {
  const block = unfilledColumns(5 * cells);
  const column = (i: number): Float64Array => block.subarray(i * cells, (i + 1) * cells);
  return { ltp: column(0), bid: column(1), ask: column(2), volume: column(3), openInterest: column(4) };
}

/** Makes one side of a chain, all strikes together, through the session in order of time. Cell by cell it equals `ContractModel`. */
export class ChainSideWriter {
  private readonly out: WrittenColumns;
  /** Fair premium and intrinsic value of each strike: set them, then `write`. */
  readonly fair: Float64Array;
  readonly intrinsic: Float64Array;
  private readonly climate: FlowClimate;
  private readonly right: Right;
  private readonly strikes: Float64Array;
  private readonly lean: Float64Array;
  private readonly sign: number;
  private readonly lot: number;
  private readonly perLot: number;
  private readonly quoteLots: number;
  // What each strike's contract carries from interval to interval.
  private readonly keys: Int32Array;
  private readonly turnover: Float64Array;
  private readonly rate: Float64Array;
  private readonly traded: Float64Array;
  private readonly open: Float64Array;
  private readonly published: Float64Array;
  private readonly lots: Float64Array;
  private readonly price: Float64Array;
  private readonly now: Float64Array;
  private readonly earlier: Float64Array;
  private readonly trade: Float64Array;
  private readonly models: (ContractModel | undefined)[];
  private first = 0;
  private end: number;

  constructor(climate: FlowClimate, strikes: Float64Array, { right, snapshots }: { right: Right; snapshots: number }) {
    const width = strikes.length;
    const column = (): Float64Array => new Float64Array(width);
    this.out = makeColumns(width * snapshots);
    this.climate = climate;
    this.right = right;
    this.strikes = strikes;
    this.lean = right === 'CE' ? climate.callLean : climate.putLean;
    this.sign = right === 'CE' ? 1 : -1;
    this.lot = climate.state.lot;
    this.perLot = climate.state.perLot;
    this.quoteLots = climate.state.quoteLots;
    this.end = width;
    this.keys = new Int32Array(width);
    this.fair = column();
    this.intrinsic = column();
    this.turnover = column();
    this.rate = column();
    this.traded = column();
    this.open = column();
    this.published = column();
    this.lots = column();
    this.now = column();
    this.earlier = column();
    this.trade = column();
    this.price = column().fill(Number.NaN);
    this.models = new Array<ContractModel | undefined>(width);
    for (let k = 0; k < width; k++) {
      const terms = contractTerms(climate, strikes[k] as number, right);
      this.keys[k] = terms.key;
      this.turnover[k] = terms.turnover;
      this.open[k] = terms.interestBefore;
      this.published[k] = terms.interestBefore;
    }
  }

  /** The next interval between publications begins, the one before being over. */
  begin(j: number): void {
    const { rate, traded } = this;
    const passed = j === 0 ? 0 : (this.climate.activity[j - 1] as number);
    for (let k = 0; k < rate.length; k++) traded[k] = (traded[k] as number) + (rate[k] as number) * passed;
    if (j % RATE_INTERVALS === 0) this.setPace(j);
  }

  private setPace(j: number): void {
    const { keys, rate, turnover, strikes, sign } = this;
    const forward = this.climate.forward[j] as number;
    const perStrike = (this.climate.perStrike[j] as number) * sign;
    const share = this.climate.share[j] as number;
    for (let k = 0; k < keys.length; k++) {
      const m = ((strikes[k] as number) - forward) * perStrike;
      rate[k] = turnoverRate((turnover[k] as number) * share, m, latticeBits(keys[k] as number, j));
    }
  }

  /** Open interest is published at the end of the interval. */
  publish(j: number): void {
    const { keys, rate, open, published, lot, perLot } = this;
    const activity = this.climate.activity[j] as number;
    const lean = this.lean[j] as number;
    for (let k = 0; k < keys.length; k++) {
      const change = interestOpened((rate[k] as number) * activity, lean, latticeBits(keys[k] as number, j));
      const after = interestAfter(open[k] as number, change);
      open[k] = after;
      published[k] = wholeLots(after, perLot) * lot;
    }
  }

  /** Chooses the strikes from `first` to `end` (exclusive) for the snapshots to come; the others are unknown in them. */
  show(first: number, end: number): void {
    this.first = first;
    this.end = end;
  }

  /** Writes the snapshot taken after `row`, from cell `base` on. */
  write(row: number, base: number): void {
    this.writeQuotes(row, base);
    this.countLots(row);
    this.writeTrades(row, base);
    this.hideOthers(base);
  }

  private writeQuotes(row: number, base: number): void {
    const { fair, intrinsic, keys, trade, first, end } = this;
    const { bid, ask } = this.out;
    const scale = this.climate.state.width[row + 1] as number;
    const place = placeOfRow(row);
    for (let k = first; k < end; k++) {
      const value = fair[k] as number;
      const width = quoteWidth(scale, value, intrinsic[k] as number);
      const buyers = bidTicks(value, width);
      bid[base + k] = buyers > 0 ? rupeesOfTicks(buyers) : Number.NaN;
      ask[base + k] = rupeesOfTicks(askTicks(value, width, buyers));
      trade[k] = tradePrice(value, width, latticeBits(keys[k] as number, place));
    }
  }

  /** Lots traded by the end of the row, and by its beginning. */
  private countLots(row: number): void {
    const { rate, traded, now, earlier, perLot, first, end } = this;
    const { intervalOfRow, running } = this.climate;
    const after = running[row] as number;
    const isFirst = row === 0 || intervalOfRow[row - 1] !== intervalOfRow[row];
    const before = isFirst ? 0 : (running[row - 1] as number);
    for (let k = first; k < end; k++) {
      const units = traded[k] as number;
      now[k] = floor((units + (rate[k] as number) * after) * perLot);
      earlier[k] = floor((units + (rate[k] as number) * before) * perLot);
    }
  }

  private writeTrades(row: number, base: number): void {
    const { lots, now, earlier, price, trade, published, lot, first, end } = this;
    const { ltp, volume, openInterest } = this.out;
    for (let k = first; k < end; k++) {
      const count = now[k] as number;
      if (count > (earlier[k] as number)) price[k] = trade[k] as number;
      else if (count > (lots[k] as number)) price[k] = this.model(k).close(this.lastTradedRow(k, row));
      lots[k] = count;
      ltp[base + k] = price[k] as number;
      volume[base + k] = count * lot;
      openInterest[base + k] = published[k] as number;
    }
  }

  private hideOthers(base: number): void {
    const { ltp, bid, ask, volume, openInterest } = this.out;
    const width = this.keys.length;
    // Skips the strikes that are shown.
    for (let k = this.first > 0 ? 0 : this.end; k < width; k = k + 1 === this.first ? this.end : k + 1) {
      ltp[base + k] = Number.NaN;
      bid[base + k] = Number.NaN;
      ask[base + k] = Number.NaN;
      volume[base + k] = Number.NaN;
      openInterest[base + k] = Number.NaN;
    }
  }

  private model(k: number): ContractModel {
    const { climate, right, strikes } = this;
    return (this.models[k] ??= new ContractModel(climate, { strike: strikes[k] as number, right }));
  }

  /** The latest row up to `row` in which a lot of the contract was traded, given that one was since it was last written. */
  private lastTradedRow(k: number, row: number): number {
    const { intervalOfRow, running } = this.climate;
    const lots = this.now[k] as number;
    const j = intervalOfRow[row] as number;
    const [units, rate] = [this.traded[k] as number, this.rate[k] as number];
    // Within the interval the pace is at hand; before it, only the contract's own flows know.
    for (let last = row; last > 0 && intervalOfRow[last] === j; last--) {
      const before = intervalOfRow[last - 1] === j ? (running[last - 1] as number) : 0;
      if (floor((units + rate * before) * this.perLot) < lots) return last;
    }
    return this.model(k).lastTradedRow(row);
  }

  /** The side once every snapshot is written. Sizes are worked out when they are first looked at: most runs read prices, volume and open interest only. */
  finish(rows: Int32Array): ChainSide {
    const { out } = this;
    let sizes: QuoteSizes | null = null;
    const made = (): QuoteSizes => (sizes ??= this.sizes(rows));
    return {
      ...out,
      get bidQty() {
        return made().bidQty;
      },
      get askQty() {
        return made().askQty;
      },
    };
  }

  private sizes(rows: Int32Array): QuoteSizes {
    const { keys, out, quoteLots, lot } = this;
    const width = keys.length;
    const bidQty = unfilledColumns(width * rows.length);
    const askQty = unfilledColumns(width * rows.length);
    for (let s = 0; s < rows.length; s++) {
      const place = placeOfRow(rows[s] as number);
      for (let k = 0; k < width; k++) {
        const at = s * width + k;
        const luck = latticeBits(keys[k] as number, place);
        const bid = out.bid[at] as number;
        const usual = usualLots(bid, out.ask[at] as number, quoteLots);
        bidQty[at] = bid > 0 ? lotsAtQuote(usual, (luck >>> 8) & 255) * lot : Number.NaN;
        askQty[at] = lotsAtQuote(usual, luck & 255) * lot;
      }
    }
    return { bidQty, askQty };
  }
}

interface QuoteSizes {
  readonly bidQty: Float64Array;
  readonly askQty: Float64Array;
}

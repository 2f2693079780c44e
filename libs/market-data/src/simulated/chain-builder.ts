import type { ChainSide, ChainTape, Right, SeriesSource } from '@sos/domain';
import type { FlowClimate } from './contract-flows.js';
import { makeFlowColumns } from './contract-flows.js';
import { ContractModel } from './contract-model.js';
import { latticeUniform, randomKey } from './random-stream.js';
import type { SpotPath } from './spot-path.js';
import { TradedLots } from './traded-lots.js';

/** Delay from the page time of a snapshot to when it can be used, ms: at least, and up to so much more. */
const LAG_MS = 1_500;
const LAG_SPREAD_MS = 3_500;

export interface ChainRequest {
  readonly climate: FlowClimate;
  /** Ascending. */
  readonly strikes: Float64Array;
  /** Minutes between snapshots, ≥ 1. */
  readonly cadence: number;
  readonly source: SeriesSource;
  /** Printed index by row; rows beyond its length show its last value. */
  readonly spot: Float64Array;
}

/** Rows after which a chain is published: the first bar at or past each multiple of the cadence, and the session's last. */
export function snapshotRows(path: SpotPath, cadence: number, minutes: number): Int32Array {
  const rows: number[] = [];
  let slot = 0;
  for (let i = 0; i < path.length; i++) {
    const done = (path.minute[i] as number) + 1;
    const now = Math.floor(done / cadence);
    if (now > slot || done === minutes) rows.push(i);
    slot = now;
  }
  return Int32Array.from(rows);
}

interface Quotes {
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly bidQty: Float64Array;
  readonly askQty: Float64Array;
}

function fillQuotes({ climate, strikes }: ChainRequest, right: Right, rows: Int32Array): Quotes {
  const width = strikes.length;
  const make = (): Float64Array => new Float64Array(width * rows.length);
  const quotes = { bid: make(), ask: make(), bidQty: make(), askQty: make() };
  for (let k = 0; k < width; k++) {
    const contract = new ContractModel(climate, strikes[k] as number, right);
    for (let s = 0; s < rows.length; s++) {
      const row = rows[s] as number;
      const at = s * width + k;
      const bid = contract.bid(row);
      quotes.bid[at] = bid;
      quotes.ask[at] = contract.ask(row);
      quotes.bidQty[at] = Number.isNaN(bid) ? Number.NaN : contract.bidUnits(row);
      quotes.askQty[at] = contract.askUnits(row);
    }
  }
  return quotes;
}

/** One side of the chain. Quotes are worked out when they are first looked at: most runs read prices, volume and open interest only. */
function buildSide(request: ChainRequest, right: Right, rows: Int32Array): ChainSide {
  const { climate, strikes } = request;
  const width = strikes.length;
  const cells = width * rows.length;
  const ltp = new Float64Array(cells);
  const volume = new Float64Array(cells);
  const openInterest = new Float64Array(cells);
  const scratch = makeFlowColumns(climate);
  const { lot } = climate.state;
  for (let k = 0; k < width; k++) {
    const contract = new ContractModel(climate, strikes[k] as number, right);
    const traded = new TradedLots(climate, contract.flows(scratch));
    let [lots, price, from] = [0, Number.NaN, 0];
    for (let s = 0; s < rows.length; s++) {
      const row = rows[s] as number;
      const at = s * width + k;
      const now = traded.through(row);
      if (now > lots) price = contract.close(lastTradedRow(traded, { from, row, lots: now }));
      lots = now;
      from = row + 1;
      ltp[at] = price;
      volume[at] = lots * lot;
      openInterest[at] = traded.openInterest(row);
    }
  }
  let quotes: Quotes | null = null;
  const quoted = (): Quotes => (quotes ??= fillQuotes(request, right, rows));
  return {
    ltp,
    volume,
    openInterest,
    get bid() {
      return quoted().bid;
    },
    get ask() {
      return quoted().ask;
    },
    get bidQty() {
      return quoted().bidQty;
    },
    get askQty() {
      return quoted().askQty;
    },
  };
}

/** The latest row of a stretch in which the count of lots rose to what it is at its end. */
function lastTradedRow(traded: TradedLots, { from, row, lots }: { from: number; row: number; lots: number }): number {
  let last = row;
  while (last > from && traded.through(last - 1) === lots) last--;
  return last;
}

/** The chain of one expiry through a session. Last price NaN = not traded today; bid NaN = nobody bids. */
export function buildChainTape(request: ChainRequest): ChainTape {
  const { climate, strikes, cadence, source, spot } = request;
  const { market, expiry } = climate.state;
  const rows = snapshotRows(market.path, cadence, market.session.minutes);
  const eventTime = new Float64Array(rows.length);
  const availableAt = new Float64Array(rows.length);
  const printed = new Float64Array(rows.length);
  const key = randomKey(market.seed, 'lag', market.underlying, expiry, market.date);
  for (let s = 0; s < rows.length; s++) {
    const row = rows[s] as number;
    eventTime[s] = market.path.time[row] as number;
    availableAt[s] = (eventTime[s] as number) + LAG_MS + Math.floor(LAG_SPREAD_MS * latticeUniform(key, row));
    printed[s] = spot[Math.min(row, spot.length - 1)] as number;
  }
  return {
    underlying: market.underlying,
    expiry,
    source,
    strikes,
    length: rows.length,
    eventTime,
    availableAt,
    spot: printed,
    call: buildSide(request, 'CE', rows),
    put: buildSide(request, 'PE', rows),
  };
}

import type { IstDate } from '../time/epoch-ms.js';
import type { SeriesSource } from './series-source.js';
import type { Underlying } from './underlying.js';

/**
 * One side (calls or puts) of a chain tape: field values at `[snapshot * strikes.length + strikeIndex]`.
 * Prices float rupees; sizes and open interest units; `volume` is the day's cumulative units. NaN = unknown (never 0).
 */
export interface ChainSide {
  readonly ltp: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly bidQty: Float64Array;
  readonly askQty: Float64Array;
  readonly volume: Float64Array;
  readonly openInterest: Float64Array;
}

/**
 * The option chain of one expiry through one session: `length` snapshots of the same ascending `strikes`, oldest first.
 * `eventTime` is the exchange's page time, `availableAt` when it could be known (≥ eventTime, ascending); both epoch ms.
 * `spot` is the underlying as printed with the snapshot, NaN when the vendor gave none.
 */
export interface ChainTape {
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly source: SeriesSource;
  readonly strikes: Float64Array;
  readonly length: number;
  readonly eventTime: Float64Array;
  readonly availableAt: Float64Array;
  readonly spot: Float64Array;
  readonly call: ChainSide;
  readonly put: ChainSide;
}

function makeSide(cells: number): ChainSide {
  const unknown = (): Float64Array => new Float64Array(cells).fill(Number.NaN);
  return {
    ltp: unknown(),
    bid: unknown(),
    ask: unknown(),
    bidQty: unknown(),
    askQty: unknown(),
    volume: unknown(),
    openInterest: unknown(),
  };
}

/** What fixes the size of a tape: ascending strikes of one expiry, and the number of snapshots (`length`). */
export interface ChainTapeShape {
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly source: SeriesSource;
  readonly strikes: Float64Array;
  readonly length: number;
}

/** An empty tape of the given shape: times 0, everything else unknown (NaN). */
export function makeChainTape(shape: ChainTapeShape): ChainTape {
  const cells = shape.length * shape.strikes.length;
  // One literal for every tape: readers of differently shaped objects are several times slower.
  return {
    underlying: shape.underlying,
    expiry: shape.expiry,
    source: shape.source,
    strikes: shape.strikes,
    length: shape.length,
    eventTime: new Float64Array(shape.length),
    availableAt: new Float64Array(shape.length),
    spot: new Float64Array(shape.length).fill(Number.NaN),
    call: makeSide(cells),
    put: makeSide(cells),
  };
}

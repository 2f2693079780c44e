import type { ChainTape, OptionContract, OptionSeries } from '@sos/domain';

/** Snapshots that say something new of one contract: a price or a quote is known, and the page is younger than the one before. */
function usefulSnapshots(tape: ChainTape, strike: number, side: ChainTape['call']): number[] {
  const rows: number[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (let s = 0; s < tape.length; s++) {
    const cell = s * tape.strikes.length + strike;
    const time = tape.eventTime[s] as number;
    const known = [side.ltp, side.bid, side.ask].some((column) => !Number.isNaN(column[cell] as number));
    if (!known || !(time > before)) continue;
    rows.push(s);
    before = time;
  }
  return rows;
}

/**
 * One contract's column of a chain tape as a `quotes` series: a row per page that knows its price or quote.
 * `volume` is the rise of the cumulative count since the row before (NaN for the first, and where the count fell). Null when nothing is known.
 */
export function quotesOfChain(tape: ChainTape, contract: OptionContract): OptionSeries | null {
  const strike = tape.strikes.indexOf(contract.strike);
  if (strike < 0) return null;
  const side = contract.right === 'CE' ? tape.call : tape.put;
  const rows = usefulSnapshots(tape, strike, side);
  if (rows.length === 0) return null;
  const cellOf = (s: number): number => s * tape.strikes.length + strike;
  const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (s) => column[cellOf(s)] as number);
  const price = pick(side.ltp);
  const time = Float64Array.from(rows, (s) => tape.eventTime[s] as number);
  return {
    contract,
    kind: 'quotes',
    source: tape.source,
    length: rows.length,
    openTime: time,
    time,
    availableAt: Float64Array.from(rows, (s) => tape.availableAt[s] as number),
    open: price,
    high: price,
    low: price,
    close: price,
    bid: pick(side.bid),
    ask: pick(side.ask),
    bidQty: pick(side.bidQty),
    askQty: pick(side.askQty),
    volume: rises(pick(side.volume)),
    openInterest: pick(side.openInterest),
  };
}

function rises(cumulative: Float64Array): Float64Array {
  return cumulative.map((now, i) => {
    const rise = i === 0 ? Number.NaN : now - (cumulative[i - 1] as number);
    return rise >= 0 ? rise : Number.NaN;
  });
}

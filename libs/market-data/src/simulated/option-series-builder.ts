import { MS_PER_MINUTE, type OptionContract, type OptionSeries, type SeriesSource } from '@sos/domain';
import type { FlowClimate } from './contract-flows.js';
import { ContractModel } from './contract-model.js';
import { TradedLots } from './traded-lots.js';

const COLUMNS = [
  'openTime',
  'time',
  'availableAt',
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

type Columns = Record<(typeof COLUMNS)[number], Float64Array>;

function makeColumns(rows: number): Columns {
  return Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(rows)])) as Columns;
}

/** Prices of one minute: first, extreme and last trade, each from the spot at that moment. */
function writePrices(
  out: Columns,
  at: number,
  { contract, climate, row }: { contract: ContractModel; climate: FlowClimate; row: number },
): void {
  const { market, forward, carry, lastSpotRow } = climate.state;
  const { path } = market;
  const over = carry[row + 1] as number;
  const settled = row > lastSpotRow ? (forward[row + 1] as number) : Number.NaN;
  const at1 = (spot: number): number => (Number.isNaN(settled) ? spot * over : settled);
  const high = at1(path.high[row] as number);
  const low = at1(path.low[row] as number);
  const first = contract.open(row, at1(path.open[row] as number));
  const last = contract.close(row);
  out.open[at] = first;
  out.close[at] = last;
  out.high[at] = Math.max(first, last, contract.extreme(row, contract.isCall ? high : low));
  out.low[at] = Math.min(first, last, contract.extreme(row, contract.isCall ? low : high));
}

/** One-minute bars of a contract, in step with the spot inside each minute; minutes without a trade have no row. */
export function buildOptionSeries(climate: FlowClimate, contract: OptionContract, source: SeriesSource): OptionSeries {
  const { market, lot } = climate.state;
  const { path } = market;
  const model = new ContractModel(climate, contract.strike, contract.right);
  const traded = new TradedLots(climate, model.flows());
  const out = makeColumns(path.length);
  let [length, lots] = [0, 0];
  for (let row = 0; row < path.length; row++) {
    const now = traded.through(row);
    if (now === lots) continue;
    const at = length++;
    const time = path.time[row] as number;
    out.openTime[at] = time - MS_PER_MINUTE;
    out.time[at] = time;
    out.availableAt[at] = time;
    writePrices(out, at, { contract: model, climate, row });
    const bid = model.bid(row);
    out.bid[at] = bid;
    out.ask[at] = model.ask(row);
    out.bidQty[at] = Number.isNaN(bid) ? Number.NaN : model.bidUnits(row);
    out.askQty[at] = model.askUnits(row);
    out.volume[at] = (now - lots) * lot;
    out.openInterest[at] = traded.openInterest(row);
    lots = now;
  }
  for (const name of COLUMNS) out[name] = out[name].subarray(0, length);
  return { contract, kind: 'bars', source, length, ...out };
}

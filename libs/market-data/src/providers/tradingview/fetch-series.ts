import type { Dialogue } from './dialogue.js';
import { resolveText } from './symbol.js';
import { PAGE_BARS } from './tradingview-config.js';
import { SeriesCompleted, SeriesUpdate, delayMsOf, rowsOf, type TvRow } from './tradingview-schema.js';

/** Which one-minute bars are wanted: those that start from `fromMs` to before `endMs`. */
export interface SeriesRequest {
  readonly session: string;
  readonly symbol: string;
  readonly fromMs: number;
  readonly endMs: number;
}

/** Bars as the vendor sent them, by their start in seconds, in no order; how far behind they are. */
export interface FetchedSeries {
  readonly rows: ReadonlyMap<number, TvRow>;
  readonly delayMs: number;
}

const SERIES = 's1';
const MINUTE_S = 60;
const SPARE_BARS = 20;
// More pages than the largest plan gives.
const MOST_PAGES = 20;

/** Bars to ask for first: enough minutes of sessions, 5,000 at most. */
function firstPage({ fromMs, endMs }: SeriesRequest): number {
  const days = Math.ceil((endMs - fromMs) / 86_400_000);
  return Math.min(PAGE_BARS, days * 385 + SPARE_BARS);
}

/**
 * Asks for a series up to the end and pages back until the first bar wanted, or until the vendor has no older ones. The bars of a later update
 * replace those of an earlier one.
 */
export async function fetchSeries(dialogue: Dialogue, request: SeriesRequest): Promise<FetchedSeries> {
  const { session, symbol, fromMs, endMs } = request;
  dialogue.call('chart_create_session', [session, '']);
  dialogue.call('switch_timezone', [session, 'exchange']);
  dialogue.call('resolve_symbol', [session, 'symbol_1', resolveText(symbol)]);
  const range = ['bar_count', Math.floor(endMs / 1000), firstPage(request)];
  dialogue.call('create_series', [session, SERIES, 's1', 'symbol_1', '1', range]);
  const rows = new Map<number, TvRow>();
  let delayMs = await readPage(dialogue, session, rows);
  for (let page = 1; page < MOST_PAGES; page++) {
    const oldest = oldestOf(rows);
    if (oldest * 1000 <= fromMs || rows.size === 0) break;
    const missing = Math.ceil((oldest - fromMs / 1000) / MINUTE_S);
    const known = rows.size;
    dialogue.call('request_more_data', [session, SERIES, Math.min(PAGE_BARS, missing)]);
    delayMs = Math.max(delayMs, await readPage(dialogue, session, rows));
    if (rows.size === known) break;
  }
  return { rows, delayMs };
}

function oldestOf(rows: ReadonlyMap<number, TvRow>): number {
  let oldest = Number.POSITIVE_INFINITY;
  for (const time of rows.keys()) oldest = Math.min(oldest, time);
  return oldest;
}

/** Takes updates until the series is complete; returns its delay. */
async function readPage(dialogue: Dialogue, session: string, rows: Map<number, TvRow>): Promise<number> {
  for (;;) {
    const { method, params } = await dialogue.next();
    if (params[0] !== session) continue;
    if (method === 'timescale_update' || method === 'du') {
      for (const row of rowsOf(SeriesUpdate.parse(params), SERIES) ?? []) rows.set(row[0], row);
    } else if (method === 'series_completed') {
      const [, series, mode] = SeriesCompleted.parse(params);
      if (series === SERIES) return delayMsOf(mode);
    }
  }
}

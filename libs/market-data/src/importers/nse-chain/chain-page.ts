import type { IstDate, Underlying } from '@sos/domain';

/** The columns that one side of a chain page can have. */
export const PAGE_FIELDS = ['ltp', 'bid', 'ask', 'bidQty', 'askQty', 'volume', 'openInterest'] as const;

/** A column of a chain page. */
export type PageField = (typeof PAGE_FIELDS)[number];

/** One side of a page, a value per row: prices in rupees, sizes in units, volume and open interest as `ChainPage.inLots` says; NaN = not on the page. */
export type PageSide = Readonly<Record<PageField, Float64Array>>;

/** One published option chain, as a vendor recorded it: all expiries of one underlying at one time. */
export interface ChainPage {
  readonly file: string;
  readonly underlying: Underlying;
  /** Page time by the exchange, epoch ms; NaN when the vendor did not keep it. */
  readonly eventTime: number;
  /** When the page had been fetched, epoch ms. */
  readonly availableAt: number;
  /** Index value printed with the page, NaN when there is none. */
  readonly spot: number;
  /** Which quantities are printed in lots; the others are in units. */
  readonly inLots: { readonly volume: boolean; readonly openInterest: boolean };
  readonly rows: number;
  /** Rows of input behind the page: more than `rows` where calls and puts are rows of their own. */
  readonly inputRows: number;
  /** Expiry of each row; an empty text where it could not be read. */
  readonly expiry: readonly (IstDate | '')[];
  readonly strike: Float64Array;
  readonly call: PageSide;
  readonly put: PageSide;
}

/** Volume and open interest in lots, as NSE's page prints them today. */
export const ALL_IN_LOTS = { volume: true, openInterest: true } as const;

/** An empty side: nothing known in any row. */
export function makePageSide(rows: number): PageSide {
  const unknown = (): Float64Array => new Float64Array(rows).fill(Number.NaN);
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

function sameColumn(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/** True when two pages say the same of the same contracts. */
export function isSamePage(a: ChainPage, b: ChainPage): boolean {
  if (!sameColumn(a.strike, b.strike) || a.expiry.some((expiry, row) => expiry !== b.expiry[row])) return false;
  return PAGE_FIELDS.every((f) => sameColumn(a.call[f], b.call[f]) && sameColumn(a.put[f], b.put[f]));
}

/** True when not one price, size, volume or open interest is on the page. */
export function isEmptyPage(page: ChainPage): boolean {
  const unknown = (column: Float64Array): boolean => column.every((value) => Number.isNaN(value));
  return PAGE_FIELDS.every((f) => unknown(page.call[f]) && unknown(page.put[f]));
}

/** True when a row says nothing of one side (the page left it blank). */
export function isSideMissing(side: PageSide, row: number): boolean {
  return PAGE_FIELDS.every((f) => Number.isNaN(side[f][row] as number));
}

import { didYouMean, isUnderlying, type Underlying } from '@sos/domain';
import path from 'node:path';

/** Where the columns of one file's rows are; -1 = absent. */
export interface BarLayout {
  readonly variant: 'month-text' | 'stamped-csv';
  readonly columns: number;
  readonly hasHeader: boolean;
  readonly symbol: number;
  readonly stamp: number;
  /** Column of the clock when date and clock are apart. */
  readonly clock: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly openInterest: number;
  readonly expiry: number;
}

const MONTH_TEXT: BarLayout = {
  variant: 'month-text',
  columns: 9,
  hasHeader: false,
  symbol: 0,
  stamp: 1,
  clock: 2,
  open: 3,
  high: 4,
  low: 5,
  close: 6,
  volume: 7,
  openInterest: 8,
  expiry: -1,
};

const STAMP_NAMES = ['datetime', 'timestamp', 'date', 'ts', 'time'];
const MONTH_ROW = /^[A-Z][A-Z0-9 &-]*,\d{8},\d{2}:\d{2},/;

/** The layout told by a file's first line, or null when it holds no bars. */
export function barLayout(firstLine: string): BarLayout | null {
  const line = firstLine.replace(/^\uFEFF/, '').trim();
  if (MONTH_ROW.test(line)) return MONTH_TEXT;
  const names = line.split(',').map((name) => name.trim().toLowerCase());
  const at = (...wanted: string[]): number => names.findIndex((name) => wanted.includes(name));
  const layout: BarLayout = {
    variant: 'stamped-csv',
    columns: names.length,
    hasHeader: true,
    symbol: at('contract_symbol', 'symbol'),
    stamp: at(...STAMP_NAMES),
    clock: -1,
    open: at('open'),
    high: at('high'),
    low: at('low'),
    close: at('close'),
    volume: at('volume'),
    openInterest: at('oi', 'open_interest'),
    expiry: at('expiry'),
  };
  const needed = [layout.stamp, layout.open, layout.high, layout.low, layout.close];
  return needed.every((column) => column >= 0) ? layout : null;
}

const ALIASES: readonly (readonly [RegExp, Underlying])[] = [
  [/(^|[^A-Z])(BANKNIFTY|BNF|NIFTY ?BANK)/, 'BANKNIFTY'],
  [/(^|[^A-Z])(FINNIFTY|NIFTY FIN SERVICE)/, 'FINNIFTY'],
  [/(^|[^A-Z])(MIDCPNIFTY|NIFTY MID SELECT)/, 'MIDCPNIFTY'],
  [/(^|[^A-Z])SENSEX/, 'SENSEX'],
  [/(^|[^A-Z])NIFTY/, 'NIFTY'],
];

/** The underlying that a vendor's name or a file name speaks of (`Nifty 50`, `BNF`, `nifty_1m.csv`), or null. */
export function underlyingNamed(text: string): Underlying | null {
  const upper = text.toUpperCase().replaceAll('_', ' ');
  if (isUnderlying(upper)) return upper;
  return ALIASES.find(([pattern]) => pattern.test(upper))?.[1] ?? null;
}

/** What to say of a name that no underlying answers to. */
export function unknownName(text: string): string {
  return `no underlying is called "${text}"${didYouMean(text, ['NIFTY', 'BANKNIFTY', 'FINNIFTY', 'MIDCPNIFTY', 'SENSEX'])}`;
}

/** The part of a path that names its series. */
export function seriesName(file: string): string {
  return path.basename(file).replace(/\.[^.]*$/, '');
}

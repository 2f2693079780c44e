import {
  EXIT_REASONS,
  REGIMES,
  daysBetween,
  istDateOf,
  istMinuteOfDay,
  weekdayOf,
  type IstDate,
  type TradeRecord,
} from '@sos/domain';

/** What a run can be split by; every combination is allowed. */
export const SPLIT_DIMENSIONS = ['gate', 'regime', 'weekday', 'slot', 'daysToExpiry', 'exitReason'] as const;

/** One of {@link SPLIT_DIMENSIONS}. */
export type SplitDimension = (typeof SPLIT_DIMENSIONS)[number];

/** A closed trade as splits need it: a trade of the ledger, with the expiry that its contract names. */
export interface SplitTrade extends Pick<
  TradeRecord,
  'gate' | 'regime' | 'entryTime' | 'exitTime' | 'exitReason' | 'net' | 'seq'
> {
  /** Expiry of the contract; null when it is not known. */
  readonly expiry: IstDate | null;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const SLOT_MINUTES = 15;
const UNKNOWN = 'unknown';

const two = (n: number): string => String(n).padStart(2, '0');

/** Start of the quarter of an hour in which a trade was entered, `HH:MM` IST. */
function slotOf({ entryTime }: SplitTrade): string {
  const start = Math.floor(istMinuteOfDay(entryTime) / SLOT_MINUTES) * SLOT_MINUTES;
  return `${two(Math.floor(start / 60))}:${two(start % 60)}`;
}

/** Where a trade belongs. The session is the one of the entry; days to expiry are calendar days, 0 on the expiry day. */
export function labelOf(trade: SplitTrade, dimension: SplitDimension): string {
  switch (dimension) {
    case 'gate':
      return trade.gate;
    case 'regime':
      return trade.regime;
    case 'weekday':
      return WEEKDAYS[weekdayOf(istDateOf(trade.entryTime))] as string;
    case 'slot':
      return slotOf(trade);
    case 'daysToExpiry':
      return trade.expiry === null ? UNKNOWN : String(daysBetween(istDateOf(trade.entryTime), trade.expiry));
    case 'exitReason':
      return trade.exitReason;
  }
}

const NAMED: Partial<Record<SplitDimension, readonly string[]>> = {
  regime: REGIMES,
  weekday: WEEKDAYS,
  exitReason: EXIT_REASONS,
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Natural order of two labels: regimes from bullish to bearish, weekdays from Sunday, days as numbers with the unknown last, all else as text. */
export function compareLabels(dimension: SplitDimension, a: string, b: string): number {
  const names = NAMED[dimension];
  if (names !== undefined) return names.indexOf(a) - names.indexOf(b);
  if (dimension !== 'daysToExpiry') return compareText(a, b);
  if (a === b) return 0;
  if (a === UNKNOWN || b === UNKNOWN) return a === UNKNOWN ? 1 : -1;
  return Number(a) - Number(b);
}

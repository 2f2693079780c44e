import { AppError, didYouMean, type IstDate, type Paise, type Underlying } from '@sos/domain';
import { DEFAULT_CHAIN_OPTIONS, type ChainOptions } from '@sos/gates';
import { defaultRulebook, type Rulebook } from '@sos/rulebook';
import { parseUnderlying } from '@sos/symbol-master';
import { parseDateRange } from '../options/dates.js';
import { parseList } from '../options/lists.js';
import { parseCapital, parseChainMaxAge, parseSeed } from '../options/numbers.js';

/** Options of `sos backtest` as given. */
export interface BacktestOptions {
  readonly symbol?: string;
  readonly fromDate?: string;
  readonly toDate?: string;
  readonly gates?: string;
  readonly extras?: boolean;
  readonly source: string;
  readonly premiums: string;
  readonly capital: string;
  readonly seed: string;
  readonly chainMaxAge?: string;
  readonly allowMissing?: boolean;
  readonly json?: boolean;
}

/** What a backtest was asked for, checked. */
export interface BacktestPlan {
  readonly underlyings: readonly Underlying[];
  readonly from: IstDate;
  readonly to: IstDate;
  /** Every trading day of the range, ascending, at least one. */
  readonly days: readonly IstDate[];
  readonly gates: string | undefined;
  /** Also the gates of `strategies/extras`. */
  readonly extras: boolean;
  /** `auto`, `imported`, `simulated` or the name of a stored data set. */
  readonly source: string;
  readonly premiums: 'recorded' | 'modelled';
  readonly capital: Paise;
  readonly seed: number;
  /** How gates read the option chain: part of the configuration hash. */
  readonly chain: ChainOptions;
  /** Missing minutes of the universe are no reason to refuse the run. */
  readonly allowMissing: boolean;
}

function required(option: string, value: string | undefined): string {
  if (value !== undefined && value.trim() !== '') return value;
  throw new AppError('SOS_INPUT', `expected ${option}, found nothing`);
}

function underlyingsOf(text: string): Underlying[] {
  const names = parseList(text);
  if (names.length === 0) throw new AppError('SOS_INPUT', 'expected --symbol with at least one underlying, found none');
  return [...new Set(names.map(parseUnderlying))];
}

function daysOf(book: Rulebook, from: IstDate, to: IstDate): IstDate[] {
  const days = book.tradingDays(from, to);
  if (days.length > 0) return days;
  const holiday = from === to ? book.holidayOn(from) : null;
  const why = holiday === null ? 'only weekends and holidays' : `a holiday (${holiday.name})`;
  throw new AppError('SOS_DATE_RANGE', `expected at least one trading day from ${from} to ${to}, found ${why}`);
}

function premiumsOf(text: string): BacktestPlan['premiums'] {
  if (text === 'recorded' || text === 'modelled') return text;
  const hint = didYouMean(text, ['recorded', 'modelled']);
  throw new AppError('SOS_INPUT', `expected --premiums recorded or modelled, found "${text}"${hint}`);
}

/**
 * Checks everything that can be checked without data.
 * @param rulebook whose trading days count
 * @throws SOS_UNKNOWN_SYMBOL, SOS_DATE_RANGE, SOS_INPUT
 */
export function planBacktest(options: BacktestOptions, rulebook: Rulebook = defaultRulebook()): BacktestPlan {
  const underlyings = underlyingsOf(required('--symbol <names>', options.symbol));
  const { from, to } = parseDateRange(
    required('--from-date <day>', options.fromDate),
    required('--to-date <day>', options.toDate),
  );
  const premiums = premiumsOf(options.premiums);
  if (premiums === 'modelled' && options.source === 'simulated')
    throw new AppError('SOS_INPUT', 'expected --premiums modelled with a recorded index, found --source simulated');
  return {
    underlyings,
    from,
    to,
    days: daysOf(rulebook, from, to),
    gates: options.gates,
    extras: options.extras === true,
    source: required('--source <name>', options.source),
    premiums,
    capital: parseCapital(options.capital),
    seed: parseSeed(options.seed),
    // Who names the data asks for what is stored of it, gaps and all.
    allowMissing: options.allowMissing === true || options.source !== 'auto',
    chain:
      options.chainMaxAge === undefined
        ? DEFAULT_CHAIN_OPTIONS
        : { ...DEFAULT_CHAIN_OPTIONS, maxAgeMinutes: parseChainMaxAge(options.chainMaxAge) },
  };
}

import { AppError, paise, type Paise } from '@sos/domain';

/** Every setting of the engine. Plain data; `DEFAULT_ENGINE_CONFIG` documents the defaults. Money in paise, shares 0..1. */
export interface EngineConfig {
  /** Capital at the start of the run. */
  readonly startingCapital: Paise;
  /** Share of the starting capital that one trade may lose, costs included, before the regime's multiplier. */
  readonly riskShare: number;
  /** Share of the starting capital that the premium of one position may bind. */
  readonly premiumShare: number;
  /** Most lots of one position, whatever budget, capital and freeze quantity allow. */
  readonly maxLots: number;
  /** Cap of the regime's size multiplier. */
  readonly maxSizeMultiplier: number;
  /** Open and pending positions over all gates and underlyings. */
  readonly maxPositions: number;
  /** Of these, in the same direction. */
  readonly maxSameDirection: number;
  /** Entries per day over all gates and underlyings. */
  readonly maxTradesPerDay: number;
  /** Loss of the day (realised net + open), as a share of the starting capital, from which on no entry is made until the next day. */
  readonly dailyLossShare: number;
  /** Also close what is open when the daily loss limit is reached. */
  readonly flattenOnDailyLoss: boolean;
  /** Minutes that a gate rests after a losing trade. */
  readonly cooldownMinutes: number;
  /** Losing trades in a row after which all gates rest … */
  readonly lossesInRow: number;
  /** … for so many minutes. */
  readonly lossPauseMinutes: number;
  /** No entry in the last so many minutes before the square-off. */
  readonly noEntryMinutes: number;
  /** Minutes after the decision within which the entry must find a price. */
  readonly entryWaitMinutes: number;
  /** Ticks lost on each fill that takes the far side, beyond the spread; never beyond the limit. */
  readonly slippageTicks: number;
  /** Where no spread is quoted: the table fitted to recorded chains, or a share of the premium; never under one tick. */
  readonly spreadModel: 'fitted' | 'share';
  /** The share of the premium. */
  readonly spreadShare: number;
  /** Stress of the spread that is not quoted: 1 as modelled. */
  readonly spreadMultiple: number;
  /** Time from sending an order to its arrival at the exchange. */
  readonly latencyMs: number;
  /** Share of the units traded in a minute that all orders on a contract may have; what was displayed limits as well. */
  readonly volumeShare: number;
  /** A lone print so many times above, or below, everything around it triggers nothing; 0 = every print counts. */
  readonly freakRatio: number;
  /** Quotes older than this when they became known fill and trigger nothing. */
  readonly staleQuoteSeconds: number;
  /** Widest quoted spread, as a share of the mid price, at which an entry is made. */
  readonly maxSpreadShare: number;
  /** Lowest premium bought, rupees. */
  readonly minPremium: number;
  /** Which index price of a closed bar is held against the index stop. */
  readonly indexStop: 'close' | 'extreme' | 'off';
  /** Continuously compounded yearly rate: discounting, and carry of the forward where no chain gives one. */
  readonly rate: number;
  /** Which decisions are recorded: all, or only those of orders and refusals (sweeps). */
  readonly decisions: 'all' | 'orders';
}

/**
 * ₹5,00,000, 0.5 % risk a trade, at most 20 % of the capital in one premium, 20 lots, 6 positions (4 one way), 40 trades and 3 % loss a day,
 * 2 minutes to find a price, 1 tick of slippage, 300 ms latency, a tenth of a minute's volume, spreads by the fitted table, prints 4 times off ignored, quotes stale after 3 minutes.
 */
export const DEFAULT_ENGINE_CONFIG: EngineConfig = {
  startingCapital: paise(500_000_00),
  riskShare: 0.005,
  premiumShare: 0.2,
  maxLots: 20,
  maxSizeMultiplier: 2.5,
  maxPositions: 6,
  maxSameDirection: 4,
  maxTradesPerDay: 40,
  dailyLossShare: 0.03,
  flattenOnDailyLoss: false,
  cooldownMinutes: 5,
  lossesInRow: 4,
  lossPauseMinutes: 15,
  noEntryMinutes: 10,
  entryWaitMinutes: 2,
  slippageTicks: 1,
  spreadModel: 'fitted',
  spreadShare: 0.002,
  spreadMultiple: 1,
  latencyMs: 300,
  volumeShare: 0.1,
  freakRatio: 4,
  staleQuoteSeconds: 180,
  maxSpreadShare: 0.1,
  minPremium: 2,
  indexStop: 'close',
  rate: 0.065,
  decisions: 'all',
};

type NumericKey = { [K in keyof EngineConfig]: EngineConfig[K] extends number ? K : never }[keyof EngineConfig];
type Range = readonly [low: number, high: number, whole?: 'whole'];

const RANGES: Readonly<Record<NumericKey, Range>> = {
  startingCapital: [1, 1e15, 'whole'],
  riskShare: [1e-6, 1],
  premiumShare: [1e-6, 1],
  maxLots: [1, 100_000, 'whole'],
  maxSizeMultiplier: [0.01, 2.5],
  maxPositions: [1, 1000, 'whole'],
  maxSameDirection: [1, 1000, 'whole'],
  maxTradesPerDay: [1, 1_000_000, 'whole'],
  dailyLossShare: [1e-6, 1],
  cooldownMinutes: [0, 1440],
  lossesInRow: [1, 1_000_000, 'whole'],
  lossPauseMinutes: [0, 1440],
  noEntryMinutes: [0, 1440],
  entryWaitMinutes: [0, 60],
  slippageTicks: [0, 1000, 'whole'],
  spreadShare: [0, 0.5],
  spreadMultiple: [0, 100],
  latencyMs: [0, 10_000, 'whole'],
  volumeShare: [0, 1],
  freakRatio: [0, 1000],
  staleQuoteSeconds: [1, 86_400],
  maxSpreadShare: [0, 2],
  minPremium: [0, 100_000],
  rate: [-0.5, 0.5],
};

const CHOICES: Readonly<Partial<Record<keyof EngineConfig, readonly (string | boolean)[]>>> = {
  indexStop: ['close', 'extreme', 'off'],
  spreadModel: ['fitted', 'share'],
  decisions: ['all', 'orders'],
  flattenOnDailyLoss: [true, false],
};

function refuse(key: string, expected: string, found: unknown): never {
  throw new AppError('SOS_CONFIG', `expected engine setting ${key} to be ${expected}, found ${String(found)}`);
}

function checkNumber(key: string, value: unknown, [low, high, whole]: Range): void {
  const expected = `a ${whole ?? 'real'} number from ${low} to ${high}`;
  if (typeof value !== 'number' || !(value >= low && value <= high)) refuse(key, expected, value);
  else if (whole && !Number.isInteger(value)) refuse(key, expected, value);
}

/**
 * The defaults with some settings replaced, checked.
 * @throws SOS_CONFIG for an unknown setting, one out of range, or NaN
 */
export function makeEngineConfig(settings: Partial<EngineConfig> = {}): EngineConfig {
  for (const key of Object.keys(settings))
    if (!(key in DEFAULT_ENGINE_CONFIG)) refuse(key, 'a known setting', 'no such setting');
  const config: EngineConfig = { ...DEFAULT_ENGINE_CONFIG, ...settings };
  for (const [key, range] of Object.entries(RANGES)) checkNumber(key, config[key as NumericKey], range);
  for (const [key, allowed] of Object.entries(CHOICES)) {
    const value = config[key as keyof EngineConfig];
    if (!allowed.includes(value as string)) refuse(key, `one of ${allowed.join(', ')}`, value);
  }
  return config;
}

/** One line per setting in alphabetical order, `key=value`: what a configuration hash is made of, whatever the order of keys. */
export function canonicalConfig(config: EngineConfig): string {
  return Object.entries(config)
    .map(([key, value]) => `${key}=${String(value)}`)
    .sort()
    .join('\n');
}

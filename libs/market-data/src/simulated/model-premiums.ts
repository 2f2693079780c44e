import { AppError, type BarColumns, type DayTape, type IstDate, type SeriesSource, type Underlying } from '@sos/domain';
import { defaultRulebook, type Rulebook, type Session } from '@sos/rulebook';
import { lazily } from './lazily.js';
import { typicalSessionVolatility } from './market-climate.js';
import { buildMarketState } from './market-state.js';
import { contentKeyOf, ownLaw } from './model-version.js';
import { PremiumModel, type ChainExtent } from './premium-model.js';
import { minutesBefore } from './session-minutes.js';
import type { SpotPath } from './spot-path.js';
import { relativeVolatility } from './underlying-profile.js';

/** What premiums are modelled on. */
export interface ModelPremiumsInput extends Partial<ChainExtent> {
  /** One-minute index bars of the session, oldest first; may be the beginning of a session. */
  readonly bars: BarColumns;
  readonly underlying: Underlying;
  readonly date: IstDate;
  readonly seed: string | number;
  /** Close of the session before, rupees; NaN or absent = unknown. */
  readonly previousClose?: number;
  /** Expected standard deviation of a whole session's log return; absent = the calendar year's typical one. */
  readonly sessionVolatility?: number;
  /** What the bars are; absent = recorded. */
  readonly indexSource?: SeriesSource;
  /** Recorded bars of the front future, used instead of modelled ones. */
  readonly future?: BarColumns | null;
  /** Origins of what is not modelled. */
  readonly origins?: readonly string[];
  /** The law of the day; absent = the rows that ship with this version. */
  readonly rulebook?: Rulebook;
}

/** ±10 strikes of the nearest expiry every three minutes, the exchange's own cadence. */
const DEFAULT_EXTENT: ChainExtent = { bandStrikes: 10, chainCadenceMinutes: 3, expiries: 1, isWhole: false };

function minutesOf(bars: BarColumns, session: Session): Int32Array {
  const out = new Int32Array(bars.length);
  for (let i = 0; i < bars.length; i++) {
    const done = Math.ceil(minutesBefore(session, bars.time[i] as number));
    out[i] = Math.max(0, Math.min(session.minutes, done) - 1);
  }
  return out;
}

/**
 * Premiums, chain, volume and (unless given) the front future for a session of which only the index is known, priced on its path by the simulated market's model. Nothing dated
 * t uses bars after t, so the tape of a shorter path is a beginning of the longer one's. Everything made here has source `modelled`; the index keeps its own.
 * Option bars are made when asked for.
 * @throws SOS_DATE_RANGE for a day without a session or outside the calendar, SOS_NO_DATA for a session without bars
 */
export function modelPremiums(input: ModelPremiumsInput): DayTape {
  const { bars, underlying, date, previousClose = Number.NaN, rulebook = defaultRulebook() } = input;
  const session = rulebook.sessionOf(date);
  if (session === null) throw new AppError('SOS_DATE_RANGE', `expected a trading day, found ${date}`);
  if (bars.length === 0)
    throw new AppError('SOS_NO_DATA', `expected index bars of ${underlying} on ${date}, found none`);
  const seed = String(input.seed);
  const usual = relativeVolatility(underlying, date) * typicalSessionVolatility(date);
  const { time, open, high, low, close } = bars;
  const path: SpotPath = { length: bars.length, time, minute: minutesOf(bars, session), open, high, low, close };
  const sessionVolatility = input.sessionVolatility ?? usual;
  const market = buildMarketState({ seed, underlying, session, rulebook, path, previousClose, sessionVolatility });
  const model = new PremiumModel(market, 'modelled');
  const label = `MODELLED, seed ${seed}`;
  const future = lazily(() => input.future ?? model.future());
  const chains = lazily(() => model.chains(extent, close));
  const extent: ChainExtent = { ...DEFAULT_EXTENT, ...definedExtent(input) };
  const named = { source: 'modelled', seed, underlying, date, previousClose, sessionVolatility, ...ownLaw(rulebook) };
  const made = input.future ? [] : [`future (${label})`];
  return {
    underlying,
    date,
    index: bars,
    indexSource: input.indexSource ?? 'recorded',
    get future() {
      return future();
    },
    get chains() {
      return chains();
    },
    previousClose,
    origins: [...(input.origins ?? []), ...made, `option chain (${label})`, `premiums (${label})`],
    // A recorded future is none of the model's making.
    ...(input.future ? {} : { contentKey: contentKeyOf({ ...extent, ...named }) }),
    option: (contract) => model.option(contract),
  };
}

function definedExtent(input: Partial<ChainExtent>): Partial<ChainExtent> {
  const { bandStrikes, chainCadenceMinutes, expiries, isWhole } = input;
  return {
    ...(bandStrikes === undefined ? {} : { bandStrikes }),
    ...(chainCadenceMinutes === undefined ? {} : { chainCadenceMinutes }),
    ...(expiries === undefined ? {} : { expiries }),
    ...(isWhole === undefined ? {} : { isWhole }),
  };
}

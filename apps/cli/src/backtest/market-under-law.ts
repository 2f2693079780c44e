import type { MarketSource } from '@sos/backtester';
import { isAppError, type IstDate } from '@sos/domain';
import { RULEBOOK_VERSION, type Rulebook } from '@sos/rulebook';

function isClosed(rulebook: Rulebook, date: IstDate): boolean {
  try {
    return !rulebook.isTradingDay(date);
  } catch (error) {
    // What lies outside the known calendar is for the run to refuse, not to be left out in silence.
    if (isAppError(error) && error.code === 'SOS_DATE_RANGE') return false;
    throw error;
  }
}

/** A source without the sessions of days that rows of the user close: whatever is stored of them is not traded. */
export function marketUnderLaw(market: MarketSource, rulebook: Rulebook): MarketSource {
  if (rulebook.version === RULEBOOK_VERSION) return market;
  return {
    sessions: async (underlying, from, to) =>
      (await market.sessions(underlying, from, to)).filter((date) => !isClosed(rulebook, date)),
    day: (underlying, date) => market.day(underlying, date),
    warmUp: (underlying, date, bars) => market.warmUp(underlying, date, bars),
  };
}

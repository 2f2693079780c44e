import { AppError, istDateOf, istInstant, type EpochMs, type IstDate, type Underlying } from '@sos/domain';
import { hoursOn } from '../calendar/build-session.js';
import type { RuleTables } from '../rows/rule-tables.js';
import type { ExpiryLists } from './expiry-list.js';
import type { ExpiryChoice } from './expiry.js';

/** Expiry instants and the choice of a contract at a moment. */
export class ExpiryClock {
  readonly #tables: RuleTables;
  readonly #lists: ExpiryLists;
  readonly #instants = new Map<string, EpochMs>();
  readonly #fixings = new Map<string, EpochMs>();

  constructor(tables: RuleTables, lists: ExpiryLists) {
    this.#tables = tables;
    this.#lists = lists;
  }

  /** Last trade of the expiring contract. */
  instant(expiry: IstDate): EpochMs {
    const cached = this.#instants.get(expiry);
    if (cached !== undefined) return cached;
    const at = istInstant(expiry, hoursOn(this.#tables.tradingHours, expiry).value.close);
    this.#instants.set(expiry, at);
    return at;
  }

  /** When the settlement value is fixed. */
  fixing(expiry: IstDate): EpochMs {
    const cached = this.#fixings.get(expiry);
    if (cached !== undefined) return cached;
    const at = istInstant(expiry, hoursOn(this.#tables.tradingHours, expiry).value.settlementFixed);
    this.#fixings.set(expiry, at);
    return at;
  }

  choose(underlying: Underlying, at: EpochMs, choice: ExpiryChoice): IstDate {
    const on = istDateOf(at);
    const live = this.#lists.listed(underlying, on).filter((e) => e.date > on || this.instant(e.date) >= at);
    const wanted = choice === 'monthly' ? live.find((e) => e.kind === 'monthly') : live[choice === 'next' ? 1 : 0];
    if (wanted !== undefined) return wanted.date;
    throw new AppError('SOS_DATE_RANGE', `expected a listed ${choice} expiry of ${underlying} on ${on}, found none`, {
      context: { underlying, on, choice },
    });
  }
}

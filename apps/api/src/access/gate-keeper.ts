import { performance } from 'node:perf_hooks';
import { AppError, isAppError } from '@sos/domain';
import { requireOwnSite, whoAsks, type AccessRules, type Asking } from './access-rules.js';
import { AddressBudget, type BudgetRate } from './address-budget.js';

/** How often one address may ask for what. */
export interface AccessRates {
  readonly reads: BudgetRate;
  readonly changes: BudgetRate;
  readonly sockets: BudgetRate;
  /** Requests that were refused for want of a token. */
  readonly failures: BudgetRate;
}

/** The kinds of asking that have a budget of their own. */
export type Errand = 'reads' | 'changes' | 'sockets';

/** A dashboard asks for some dozens of things at once and then for little. */
export const DEFAULT_RATES: AccessRates = {
  reads: { perSecond: 100, burst: 400 },
  changes: { perSecond: 10, burst: 60 },
  sockets: { perSecond: 5, burst: 60 },
  failures: { perSecond: 0.2, burst: 10 },
};

/** What the gate keeper is told of a request. */
export interface Visit extends Asking {
  readonly address: string;
  readonly errand: Errand;
  /** Pages and the sign of life hold nothing of the user's: no token is asked for them. */
  readonly isPublic: boolean;
}

/** Lets in who may come in, as often as they may. */
export class GateKeeper {
  readonly #rules: AccessRules;
  readonly #budgets: Readonly<Record<Errand | 'failures', AddressBudget>>;

  constructor(rules: AccessRules, rates: AccessRates = DEFAULT_RATES) {
    const now = (): number => performance.now();
    this.#rules = rules;
    this.#budgets = {
      reads: new AddressBudget(rates.reads, now),
      changes: new AddressBudget(rates.changes, now),
      sockets: new AddressBudget(rates.sockets, now),
      failures: new AddressBudget(rates.failures, now),
    };
  }

  /** Who it is, for the audit log. @throws SOS_RATE_LIMIT, SOS_AUTH */
  admit(visit: Visit): string {
    const { address, errand, isPublic } = visit;
    requireWait(this.#budgets[errand].take(address), errand);
    requireOwnSite(this.#rules, visit);
    if (isPublic) return 'anyone';
    requireWait(this.#budgets.failures.peek(address), 'refused logins');
    try {
      return whoAsks(this.#rules, visit);
    } catch (error) {
      if (isAppError(error)) this.#budgets.failures.take(address);
      throw error;
    }
  }
}

function requireWait(seconds: number, what: string): void {
  if (seconds === 0) return;
  const wait = Math.ceil(seconds);
  throw new AppError(
    'SOS_RATE_LIMIT',
    `expected fewer ${what} from this address, found its budget used up: wait ${wait} s`,
    {
      context: { retryAfterSeconds: wait },
    },
  );
}

import { AppError, paise, type IstDate, type Paise, type Underlying } from '@sos/domain';
import type { SignalSource } from '@sos/gates';
import { makeEffects } from '../effects.js';
import type { EngineConfig } from '../engine-config.js';
import type { MarketRules } from '../market-rules.js';
import { Market } from '../simulation/market.js';
import { GateSink } from './gate-sink.js';
import { SeenRow } from './seen-row.js';
import type { Turn } from './turn.js';
import { makeUnderlyingBook, type UnderlyingBook } from './underlying-book.js';

/** What the portfolio did on the current day. */
export interface DayTotals {
  date: IstDate | null;
  entries: number;
  lossesInRow: number;
  pausedUntil: number;
  /** Realised net result, paise. */
  realised: number;
  /** The daily loss limit was reached: no entry until the next day. */
  lossHalted: boolean;
}

/** What a run counts beside its ledger. Paise amounts are net of charges. */
export interface EngineCounts {
  signals: number;
  refused: number;
  unfilledEntries: number;
  /** Entries that were given up with a part of their units, and entries that were re-priced before they filled. */
  partialEntries: number;
  chasedEntries: number;
  /** Exits that were re-priced, and of these the ones that used up their re-prices. */
  chasedExits: number;
  escalatedExits: number;
  /** What fills gave beyond the first limit of their chase, paise. */
  chaseCost: number;
  /** Stops whose limit the market jumped over, and what was lost below the limit, paise. */
  missedStops: number;
  missedStopCost: number;
  /** Prints and quotes that were told of watched contracts and not believed. */
  freakPrints: number;
  crossedQuotes: number;
  staleQuotes: number;
  /** Minutes without a price of an open position's contract. */
  missingMinutes: number;
  /** Exits that found their price more than a minute after they were due. */
  lateExits: number;
  /** Positions that had to be closed at the last real price because the data ended. */
  runEndExits: number;
  ambiguousTrades: number;
  ambiguousAssumed: number;
  ambiguousBest: number;
  ambiguousWorst: number;
}

/** All memory of the engine; only `step` writes it. */
export interface EngineState {
  readonly config: EngineConfig;
  readonly rules: MarketRules;
  readonly books: readonly UnderlyingBook[];
  readonly turns: readonly Turn[];
  readonly counts: EngineCounts;
  readonly day: DayTotals;
  /** Availability of the last event. */
  now: number;
  lastSeq: number;
  nextRecord: number;
  nextOrder: number;
  paused: boolean;
  killed: boolean;
  /** Realised net result of the run, and premium bound in open positions, paise. */
  realised: number;
  outlay: number;
}

/** What an engine is made of: one signal source for each underlying. */
export interface EngineSetup {
  readonly config: EngineConfig;
  readonly rules: MarketRules;
  readonly underlyings: readonly { readonly underlying: Underlying; readonly signals: SignalSource }[];
}

const noCounts = (): EngineCounts => ({
  signals: 0,
  refused: 0,
  unfilledEntries: 0,
  partialEntries: 0,
  chasedEntries: 0,
  chasedExits: 0,
  escalatedExits: 0,
  chaseCost: 0,
  missedStops: 0,
  missedStopCost: 0,
  freakPrints: 0,
  crossedQuotes: 0,
  staleQuotes: 0,
  missingMinutes: 0,
  lateExits: 0,
  runEndExits: 0,
  ambiguousTrades: 0,
  ambiguousAssumed: 0,
  ambiguousBest: 0,
  ambiguousWorst: 0,
});

/**
 * The state of an engine that has seen nothing yet.
 * @throws SOS_CONFIG when no underlying, or one twice, is given
 */
export function makeEngineState(setup: EngineSetup): EngineState {
  const names = setup.underlyings.map((u) => u.underlying);
  if (names.length === 0 || new Set(names).size !== names.length)
    throw new AppError('SOS_CONFIG', `expected each underlying once, found ${names.join(', ') || 'none'}`);
  const turns: Turn[] = [];
  const state: EngineState = {
    config: setup.config,
    rules: setup.rules,
    books: setup.underlyings.map((u, i) => makeUnderlyingBook(i, u.underlying, u.signals)),
    turns,
    counts: noCounts(),
    day: { date: null, entries: 0, lossesInRow: 0, pausedUntil: 0, realised: 0, lossHalted: false },
    now: Number.NEGATIVE_INFINITY,
    lastSeq: Number.NEGATIVE_INFINITY,
    nextRecord: 1,
    nextOrder: 1,
    paused: false,
    killed: false,
    realised: 0,
    outlay: 0,
  };
  for (const book of state.books) {
    const turn: Turn = {
      state,
      book,
      out: makeEffects(),
      sink: new GateSink(book.gates),
      seen: new SeenRow(),
      market: new Market(),
    };
    turn.sink.attach(turn);
    turns.push(turn);
  }
  return state;
}

/** Money that is not bound: starting capital plus realised result less the premium of open positions. */
export function freeCash(state: EngineState): Paise {
  return paise(state.config.startingCapital + state.realised - state.outlay);
}

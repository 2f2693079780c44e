import type { ChainTape, OptionSeries, Regime, Underlying } from '@sos/domain';
import type { GateProfile, SignalSource } from '@sos/gates';
import type { Liquidity } from '../simulation/liquidity.js';
import type { EntryIntent, Position } from './position.js';
import type { SessionLaw } from './session-law.js';

/** A signal copied out of the gates' reused object until the bar's arbitration. */
export interface Candidate {
  gate: number;
  regime: Regime;
  entry: number;
  stop: number;
  target: number;
  sizeMultiplier: number;
}

/** The latest snapshot of one expiry's chain, with the index level known when it arrived. */
export interface ChainView {
  readonly tape: ChainTape;
  snapshot: number;
  spot: number;
}

/** What may still be taken of the latest row of one contract. */
export interface Offer {
  readonly series: OptionSeries;
  row: number;
  readonly liquidity: Liquidity;
}

/** A watched contract and how many intents and positions need it. */
export interface Watch {
  readonly id: string;
  users: number;
}

/** What the engine knows and holds of one underlying. */
export interface UnderlyingBook {
  readonly index: number;
  readonly underlying: Underlying;
  readonly signals: SignalSource;
  readonly gates: readonly GateProfile[];
  /** Per gate: 1 while it has an intent or a position. */
  readonly busy: Uint8Array;
  /** Per gate: no entry before this instant. */
  readonly restUntil: Float64Array;
  /** Null outside a session. */
  session: SessionLaw | null;
  /** Close of the last index bar of this session, rupees; NaN before it. */
  spot: number;
  readonly chains: ChainView[];
  readonly candidates: Candidate[];
  candidateCount: number;
  readonly intents: EntryIntent[];
  readonly positions: Position[];
  readonly watches: Watch[];
  readonly offers: Offer[];
}

/** A book without session. */
export function makeUnderlyingBook(index: number, underlying: Underlying, signals: SignalSource): UnderlyingBook {
  const gates = signals.gates;
  return {
    index,
    underlying,
    signals,
    gates,
    busy: new Uint8Array(gates.length),
    restUntil: new Float64Array(gates.length),
    session: null,
    spot: Number.NaN,
    chains: [],
    candidates: [],
    candidateCount: 0,
    intents: [],
    positions: [],
    watches: [],
    offers: [],
  };
}

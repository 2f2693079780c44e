import type { GateProfile, ResetReason, Signal, SignalSink } from '@sos/gates';
import { decide, type Verdict } from '../ledger/decide.js';
import type { Turn } from './turn.js';

/** Receives what the gates say of one underlying: phase moves become decisions, signals wait as candidates for arbitration. */
export class GateSink implements SignalSink {
  // Verdicts are made once and told again and again: gates move phases on most bars.
  readonly #advanced: Verdict[] = [];
  readonly #reset: Readonly<Record<ResetReason, Verdict[]>> = { timeout: [], session: [], regime: [], levels: [] };
  /** Per gate, two for each condition: it does not hold, it is unknown. */
  readonly #vetoed: readonly Verdict[][];
  #turn: Turn | null = null;

  constructor(gates: readonly GateProfile[]) {
    this.#vetoed = gates.map(() => []);
  }

  attach(turn: Turn): void {
    this.#turn = turn;
  }

  /** The turn, when phase moves are to be recorded. */
  #recording(): Turn | null {
    return this.#turn?.state.config.decisions === 'all' ? this.#turn : null;
  }

  advanced(gate: number, phase: number): void {
    const turn = this.#recording();
    if (turn === null) return;
    decide(turn, gate, (this.#advanced[phase] ??= { kind: 'advanced', reason: 'phase', detail: `phase ${phase}` }));
  }

  reset(gate: number, phase: number, reason: ResetReason): void {
    const turn = this.#recording();
    if (turn === null) return;
    decide(turn, gate, (this.#reset[reason][phase] ??= { kind: 'reset', reason, detail: `phase ${phase}` }));
  }

  vetoed(gate: number, condition: number, unknown: boolean): void {
    const turn = this.#recording();
    const verdicts = this.#vetoed[gate];
    if (turn === null || verdicts === undefined) return;
    const at = 2 * condition + (unknown ? 1 : 0);
    decide(turn, gate, (verdicts[at] ??= vetoOf(turn, gate, { condition, unknown })));
  }

  signal(signal: Signal): void {
    const book = this.#turn?.book;
    if (!book) return;
    const { gate, regime, entry, stop, target, sizeMultiplier } = signal;
    const known = book.candidates[book.candidateCount];
    if (known === undefined) book.candidates.push({ gate, regime, entry, stop, target, sizeMultiplier });
    else {
      known.gate = gate;
      known.regime = regime;
      known.entry = entry;
      known.stop = stop;
      known.target = target;
      known.sizeMultiplier = sizeMultiplier;
    }
    book.candidateCount++;
  }
}

function vetoOf(
  { book }: Turn,
  gate: number,
  veto: { readonly condition: number; readonly unknown: boolean },
): Verdict {
  const detail = book.signals.conditionsOf(gate)[veto.condition] ?? `condition ${veto.condition}`;
  return { kind: 'vetoed', reason: veto.unknown ? 'unknown' : 'filter', detail };
}

import type { GateProfile, ResetReason, Signal, SignalSink } from '@sos/gates';
import { decide } from '../ledger/decide.js';
import type { Turn } from './turn.js';

/** Receives what the gates say of one underlying: phase moves become decisions, signals wait as candidates for arbitration. */
export class GateSink implements SignalSink {
  // Phase texts are built once per gate and phase: gates move phases on many bars.
  readonly #phaseTexts: string[][];
  #turn: Turn | null = null;

  constructor(gates: readonly GateProfile[]) {
    this.#phaseTexts = gates.map(() => []);
  }

  attach(turn: Turn): void {
    this.#turn = turn;
  }

  #phaseText(gate: number, phase: number): string {
    const texts = this.#phaseTexts[gate];
    if (texts === undefined) return `phase ${phase}`;
    return (texts[phase] ??= `phase ${phase}`);
  }

  /** The turn, when phase moves are to be recorded. */
  #recording(): Turn | null {
    return this.#turn?.state.config.decisions === 'all' ? this.#turn : null;
  }

  advanced(gate: number, phase: number): void {
    const turn = this.#recording();
    if (turn) decide(turn, gate, { kind: 'advanced', reason: 'phase', detail: this.#phaseText(gate, phase) });
  }

  reset(gate: number, phase: number, reason: ResetReason): void {
    const turn = this.#recording();
    if (turn) decide(turn, gate, { kind: 'reset', reason, detail: this.#phaseText(gate, phase) });
  }

  vetoed(gate: number, condition: number, unknown: boolean): void {
    const turn = this.#recording();
    if (!turn) return;
    const text = turn.book.signals.conditionsOf(gate)[condition] ?? `condition ${condition}`;
    decide(turn, gate, { kind: 'vetoed', reason: unknown ? 'unknown' : 'filter', detail: text });
  }

  signal(signal: Signal): void {
    const book = this.#turn?.book;
    if (!book) return;
    const { gate, regime, entry, stop, target, sizeMultiplier } = signal;
    book.candidates[book.candidateCount++] = { gate, regime, entry, stop, target, sizeMultiplier };
  }
}

import type { DecisionRecord, EpochMs } from '@sos/domain';
import type { Turn } from '../state/turn.js';

/** What is decided, beside when and for which gate. */
export type Verdict = Pick<DecisionRecord, 'kind' | 'reason' | 'detail'>;

/** Records a decision at the engine's present instant: when it was taken, not when its bar began. */
export function decide({ state, book, out }: Turn, gate: number, verdict: Verdict): void {
  out.decisions.push({
    seq: state.nextRecord++,
    time: state.now as EpochMs,
    underlying: book.underlying,
    gate: book.gates[gate]?.id ?? `#${gate}`,
    kind: verdict.kind,
    reason: verdict.reason,
    detail: verdict.detail,
  });
}

/** Records why a signal did not become a position, with a stable reason code. */
export function refuse(turn: Turn, gate: number, why: { readonly reason: string; readonly detail: string }): void {
  turn.state.counts.refused++;
  decide(turn, gate, { kind: 'refused', reason: why.reason, detail: why.detail });
}

import type { Underlying } from '@sos/domain';
import type { SignalSource } from '@sos/gates';
import type { VetoCount } from '../run-result.js';

/** Why the gates of one underlying stayed out over the whole run, most frequent first. */
export function vetoCounts(underlying: Underlying, signals: SignalSource): VetoCount[] {
  const counts = signals.conditionCounts().map(({ gate, phase, condition, failed, unknown }) => ({
    gate: signals.gates[gate]?.id ?? `#${gate}`,
    underlying,
    phase,
    condition,
    failed,
    unknown,
  }));
  return counts.sort((a, b) => b.failed + b.unknown - (a.failed + a.unknown));
}

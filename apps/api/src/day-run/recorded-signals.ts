import type { BarColumns, ChainTape } from '@sos/domain';
import type { ConditionCount, GateProfile, GateSession, SignalSink, SignalSource } from '@sos/gates';

/** A signal source that keeps the volume told with each bar: an index chart has no other. */
export class RecordedSignals implements SignalSource {
  readonly gates: readonly GateProfile[];
  /** Units by row of the session; NaN where it was not known. */
  readonly volume: Float64Array;
  readonly #inner: SignalSource;

  constructor(inner: SignalSource, bars: number) {
    this.#inner = inner;
    this.gates = inner.gates;
    this.volume = new Float64Array(bars).fill(Number.NaN);
  }

  warmUp(bars: BarColumns): void {
    this.#inner.warmUp(bars);
  }

  openSession(session: GateSession): void {
    this.#inner.openSession(session);
  }

  chain(tape: ChainTape, snapshot: number): void {
    this.#inner.chain(tape, snapshot);
  }

  // eslint-disable-next-line max-params -- the port's signature
  bar(bars: BarColumns, row: number, volume: number, sink: SignalSink): void {
    this.volume[row] = volume;
    this.#inner.bar(bars, row, volume, sink);
  }

  closeSession(sink: SignalSink): void {
    this.#inner.closeSession(sink);
  }

  conditionsOf(gate: number): readonly string[] {
    return this.#inner.conditionsOf(gate);
  }

  conditionCounts(): readonly ConditionCount[] {
    return this.#inner.conditionCounts();
  }
}

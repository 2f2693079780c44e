import type { BarColumns, Bias } from '@sos/domain';
import type { ConditionCount, GateProfile, Signal, SignalSink, SignalSource } from '@sos/gates';

const PERIOD = 9;

function crossGate(id: string, bias: Bias): GateProfile {
  const window = { entryFromMinute: 555, entryToMinute: 905 };
  const option = { steps: 0, expiry: 'nearest' as const };
  return { id, bias, option, timeExitMinutes: 30, breakEvenAt: null, priority: 0, ...window };
}

/** A call when the 9-bar EMA of the close crosses above the session VWAP, a put when below; stop 0.2 % and target 0.4 % of the index away, 30 minutes. */
export class EmaVwapSignals implements SignalSource {
  readonly gates: readonly GateProfile[] = [crossGate('CROSS_UP', 'bullish'), crossGate('CROSS_DOWN', 'bearish')];
  readonly #texts = ['ema(9) crosses vwap'];
  readonly #signal: Signal = { gate: 0, regime: 'UNKNOWN', entry: 0, stop: 0, target: 0, sizeMultiplier: 1 };
  #ema = Number.NaN;
  #turnover = 0;
  #volume = 0;
  #wasAbove = true;
  #bars = 0;

  warmUp(): void {
    this.#ema = Number.NaN;
  }

  openSession(): void {
    this.#turnover = 0;
    this.#volume = 0;
    this.#bars = 0;
  }

  chain(): void {
    this.#wasAbove = true;
  }

  bar(bars: BarColumns, row: number, volume: number, sink: SignalSink): void {
    const close = bars.close[row] as number;
    const alpha = 2 / (PERIOD + 1);
    this.#ema = this.#ema === this.#ema ? this.#ema * (1 - alpha) + close * alpha : close;
    this.#turnover += (((bars.high[row] as number) + (bars.low[row] as number) + close) / 3) * volume;
    this.#volume += volume;
    const isAbove = this.#ema > this.#turnover / this.#volume;
    if (isAbove !== this.#wasAbove && this.#bars > 0) this.#fire(isAbove ? 0 : 1, close, sink);
    this.#wasAbove = isAbove;
    this.#bars++;
  }

  #fire(gate: number, close: number, sink: SignalSink): void {
    const sign = gate === 0 ? 1 : -1;
    this.#signal.gate = gate;
    this.#signal.entry = close;
    this.#signal.stop = close * (1 - sign * 0.002);
    this.#signal.target = close * (1 + sign * 0.004);
    sink.signal(this.#signal);
  }

  closeSession(): void {
    this.#wasAbove = true;
  }

  conditionsOf(): readonly string[] {
    return this.#texts;
  }

  conditionCounts(): readonly ConditionCount[] {
    return [];
  }
}

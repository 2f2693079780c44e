import type { EpochMs, Regime } from '@sos/domain';
import type { CompiledCondition, CompiledGate } from '../compile/compiled-gate.js';
import type { EvaluationOutcome, EvaluationStop } from './gate-evaluation.js';

/** The moment a gate is asked. */
export interface PlainMoment {
  readonly time: EpochMs;
  readonly minuteOfDay: number;
  readonly regime: Regime;
}

/** Where a gate finds its values and keeps its own. */
interface PlainValues {
  value(node: number): number;
  write(local: string, value: number): void;
}

/** What one step of a gate came to. */
export interface PlainStep {
  readonly outcome: EvaluationOutcome;
  readonly stop: EvaluationStop | null;
  readonly advancedTo: readonly number[];
  /** Phase it fell back from. */
  readonly resetFrom: number;
  /** Number of the condition that vetoed it: 0 the entry times, then the filter. */
  readonly condition: number;
  readonly signal: { readonly entry: number; readonly stop: number; readonly target: number } | null;
}

interface Found {
  readonly at: number;
  readonly stop: EvaluationStop;
}

/** One gate as its file reads, asked one bar at a time. */
export class PlainGate {
  readonly texts: readonly string[];
  phase = 0;
  readonly #gate: CompiledGate;
  readonly #values: PlainValues;
  #waited = 0;
  #entered: number = Number.NaN;
  #advanced: number[] = [];

  constructor(gate: CompiledGate, values: PlainValues) {
    this.#gate = gate;
    this.#values = values;
    const { session } = gate.file;
    const window = `entry from ${session.entryFrom} to ${session.entryTo}`;
    this.texts = [
      window,
      ...gate.filter.map(({ text }) => text),
      ...gate.phases.flatMap(({ when }) => when.map(({ text }) => text)),
    ];
  }

  restart(): void {
    this.phase = 0;
    this.#waited = 0;
  }

  /** Makes the figures of a regime known to the gate's expressions. */
  showRegime(regime: Regime): void {
    const { sizeMultiplier, targetMultiple, bufferAtr } = this.#gate.file.regimes[regime];
    this.#write('regime.sizeMultiplier', sizeMultiplier);
    this.#write('regime.targetMultiple', targetMultiple);
    this.#write('regime.bufferAtr', bufferAtr);
  }

  step(moment: PlainMoment): PlainStep {
    this.#advanced = [];
    const blocked = this.phase === 0 ? this.#blocked(moment.regime) : null;
    if (blocked !== null) return this.#said('blocked', blocked);
    for (;;) {
      const { when, captures } = this.#current();
      const found = this.#firstStop(when, 'phase');
      if (found !== null) return this.#wait(moment.time, found.stop);
      for (const { name, node } of captures) this.#write(`captured.${name}`, this.#values.value(node));
      if (this.phase === this.#gate.phases.length - 1) return this.#trigger(moment);
      this.phase++;
      this.#waited = 0;
      this.#entered = moment.time;
      this.#advanced.push(this.phase);
      if (!this.#current().sameBar) return this.#said('advanced', null);
    }
  }

  #current(): CompiledGate['phases'][number] {
    return this.#gate.phases[this.phase] as CompiledGate['phases'][number];
  }

  #blocked(regime: Regime): EvaluationStop | null {
    if (!this.#gate.file.regimes[regime].allow) return this.#regimeStop(regime);
    const isSinglePhase = this.#gate.phases.length === 1;
    return isSinglePhase ? null : (this.#firstStop(this.#gate.filter, 'filter')?.stop ?? null);
  }

  #regimeStop(regime: Regime): EvaluationStop {
    return { stage: 'regime', text: `regime is ${regime}, which the table refuses`, unknown: regime === 'UNKNOWN' };
  }

  #firstStop(conditions: readonly CompiledCondition[], stage: 'filter' | 'phase'): Found | null {
    for (const [at, { node, text }] of conditions.entries()) {
      const value = this.#values.value(node);
      if (value !== 1) return { at, stop: { stage, text, unknown: Number.isNaN(value) } };
    }
    return null;
  }

  #wait(time: number, stop: EvaluationStop): PlainStep {
    const isNew = this.#entered === time;
    if (this.phase === 0 || isNew) return this.#said(this.#advanced.length > 0 ? 'advanced' : 'waiting', stop);
    const { timeoutBars, timeoutMinutes } = this.#current();
    this.#waited++;
    const isOver =
      (timeoutBars > 0 && this.#waited >= timeoutBars) ||
      (timeoutMinutes > 0 && time - this.#entered >= timeoutMinutes * 60_000);
    return isOver ? this.#fallBack('timeout', stop) : this.#said('waiting', stop);
  }

  #trigger({ regime, minuteOfDay }: PlainMoment): PlainStep {
    const { profile, file, filter } = this.#gate;
    if (!file.regimes[regime].allow) return this.#fallBack('regime', this.#regimeStop(regime));
    const isEntryTime = minuteOfDay >= profile.entryFromMinute && minuteOfDay <= profile.entryToMinute;
    const window: EvaluationStop = { stage: 'entry time', text: this.texts[0] ?? '', unknown: false };
    const found = isEntryTime ? this.#firstStop(filter, 'filter') : { at: -1, stop: window };
    if (found === null) return this.#fire();
    this.restart();
    return { ...this.#said('vetoed', found.stop), condition: found.at + 1 };
  }

  #fire(): PlainStep {
    const { levels, profile } = this.#gate;
    const entry = this.#values.value(levels.entry);
    this.#write('entry', entry);
    const stop = this.#values.value(levels.stop);
    this.#write('stop', stop);
    this.#write('risk', Math.abs(entry - stop));
    const target = this.#values.value(levels.target);
    const [low, high] = profile.bias === 'bullish' ? [stop, target] : [target, stop];
    if (low > 0 && low < entry && entry < high && high < Number.POSITIVE_INFINITY) {
      this.restart();
      return { ...this.#said('fired', null), signal: { entry, stop, target } };
    }
    const text = `levels entry ${entry}, stop ${stop}, target ${target} are not in order`;
    return this.#fallBack('levels', { stage: 'levels', text, unknown: Number.isNaN(entry + stop + target) });
  }

  #fallBack(outcome: 'timeout' | 'regime' | 'levels', stop: EvaluationStop): PlainStep {
    const resetFrom = this.phase;
    this.restart();
    return { ...this.#said(outcome, stop), resetFrom };
  }

  #said(outcome: EvaluationOutcome, stop: EvaluationStop | null): PlainStep {
    return { outcome, stop, advancedTo: this.#advanced, resetFrom: 0, condition: 0, signal: null };
  }

  #write(name: string, value: number): void {
    this.#values.write(`${this.#gate.profile.id}/${name}`, value);
  }
}

import { REGIMES, istMinuteOfDay, type BarColumns, type ChainTape, type EpochMs, type Regime } from '@sos/domain';
import { chainOptions, type ChainOptions } from '../chain/chain-options.js';
import { regimeOf } from '../chain/regime-of.js';
import type { CompiledCondition, CompiledGate, CompiledGates } from '../compile/compiled-gate.js';
import { BarGrid } from '../machine/bar-grid.js';
import { ChainColumns } from '../machine/chain-columns.js';
import { Evaluator } from '../machine/evaluator.js';
import { MixedMemory } from '../machine/mixed-memory.js';
import { layOut, type Program } from '../machine/program.js';
import type { ConditionCount, GateProfile, GateSession, Signal, SignalSink, SignalSource } from '../signal-source.js';
import { explainTests } from './explain-gate.js';
import type { Evaluated, EvaluatedCondition, EvaluationStop, GateEvaluation } from './gate-evaluation.js';
import { PlainGate, type PlainMoment } from './plain-gate.js';
import { sourcesOf } from './word-source.js';

/** Values put in place of what the market said, for a question of the kind "what if". */
export interface WhatIf {
  readonly time: number;
  readonly values: ReadonlyMap<string, number>;
}

/** How gates are explained. */
export interface ExplainOptions {
  /** Ids of the gates; all when absent. */
  readonly select?: readonly string[];
  readonly chain?: Partial<ChainOptions>;
  /** Told of every evaluation of every gate, while `describe` can still say everything about it. */
  readonly observe?: (evaluated: Evaluated, source: ExplainingSource) => void;
  readonly whatIf?: WhatIf;
}

/**
 * The gates once more, slow and plain: each is asked at every bar and says what it was asked and what it answered. It decides exactly what the fast machine decides
 * (a test compares them line by line), so that its explanations are those of the decisions that were taken.
 */
export class ExplainingSource implements SignalSource {
  readonly gates: readonly GateProfile[];
  readonly #compiled: CompiledGates;
  readonly #selected: readonly CompiledGate[];
  readonly #plain: readonly PlainGate[];
  readonly #program: Program;
  readonly #evaluator: Evaluator;
  readonly #grid: BarGrid;
  readonly #memory: MixedMemory;
  readonly #chain: ChainColumns;
  readonly #options: ExplainOptions;
  readonly #chainOptions: ChainOptions;
  #regime: Regime = 'UNKNOWN';
  #minuteOfDay = Number.NaN;
  /** Index close of the last bar, rupees; NaN before the first. */
  #lastClose = Number.NaN;
  #last: readonly Evaluated[] = [];

  constructor(compiled: CompiledGates, options: ExplainOptions = {}) {
    const { select } = options;
    this.#compiled = compiled;
    this.#options = options;
    this.#selected = compiled.gates.filter(({ profile }) => select === undefined || select.includes(profile.id));
    this.gates = this.#selected.map(({ profile }) => profile);
    this.#program = layOut(compiled, this.#selected);
    this.#grid = new BarGrid(this.#program);
    this.#evaluator = new Evaluator(this.#program, this.#grid);
    this.#memory = new MixedMemory(this.#program.mixed, this.#evaluator);
    this.#chainOptions = chainOptions(options.chain);
    this.#chain = new ChainColumns(this.#program, this.#evaluator, this.#chainOptions);
    const value = (node: number): number => this.#value(node);
    const write = (name: string, to: number): void => this.#writeLocal(name, to);
    this.#plain = this.#selected.map((gate) => new PlainGate(gate, { value, write }));
  }

  warmUp(bars: BarColumns): void {
    for (let row = 0; row < bars.length; row++) {
      const time = bars.time[row] as number;
      if (this.#grid.isNewDay(time)) {
        this.#grid.openWarmUpDay(time);
        this.#memory.startSession();
      }
      this.#advance(bars, row, bars.volume[row] as number);
    }
  }

  openSession(session: GateSession): void {
    for (const gate of this.#plain) gate.restart();
    this.#grid.openSession(session);
    this.#chain.startSession();
    this.#write('breadth.ratio', Number.NaN);
    this.#memory.startSession();
  }

  chain(tape: ChainTape, snapshot: number): void {
    this.#chain.add(tape, snapshot, this.#lastClose);
  }

  // eslint-disable-next-line max-params -- the port's signature
  bar(bars: BarColumns, row: number, volume: number, sink: SignalSink): void {
    this.#advance(bars, row, volume);
    const minuteOfDay = this.#minuteOfDay;
    const moment: PlainMoment = { time: bars.time[row] as EpochMs, minuteOfDay, regime: this.#regime };
    const evaluated: Evaluated[] = [];
    this.#last = evaluated;
    for (const [gate, plain] of this.#plain.entries()) {
      plain.showRegime(this.#regime);
      const phase = plain.phase;
      const said = plain.step(moment);
      const one: Evaluated = { gate, time: moment.time, phase, outcome: said.outcome, stop: said.stop };
      evaluated.push(one);
      this.#options.observe?.(one, this);
      this.#report(gate, said, sink);
    }
  }

  closeSession(sink: SignalSink): void {
    for (const [gate, plain] of this.#plain.entries()) {
      if (plain.phase > 0) sink.reset(gate, plain.phase, 'session');
      plain.restart();
    }
  }

  conditionsOf(gate: number): readonly string[] {
    return this.#plain[gate]?.texts ?? [];
  }

  conditionCounts(): readonly ConditionCount[] {
    return [];
  }

  /** Everything about an evaluation of the bar that was told last. */
  describe({ gate, phase, outcome, stop, time }: Evaluated): GateEvaluation {
    const compiled = this.#selected[gate] as CompiledGate;
    const { profile, file, filter, phases } = compiled;
    const chainAgeMinutes = this.#chain.ageMinutes(time);
    const of = (conditions: readonly CompiledCondition[], id: string): EvaluatedCondition[] =>
      conditions.map((condition) => this.#condition(condition, id, chainAgeMinutes));
    const minuteOfDay = this.#minuteOfDay;
    return {
      gate: profile.id,
      time,
      phase: phases[phase]?.id ?? '',
      outcome,
      stop,
      regime: this.#regime,
      regimeAllows: file.regimes[this.#regime].allow,
      isEntryTime: minuteOfDay >= profile.entryFromMinute && minuteOfDay <= profile.entryToMinute,
      chainAgeMinutes,
      conditions: [...of(filter, 'FILTER'), ...of(phases[phase]?.when ?? [], phases[phase]?.id ?? '')],
    };
  }

  /** Evaluations of the bar that was told last, one for each gate. */
  get last(): readonly Evaluated[] {
    return this.#last;
  }

  #condition({ text, node }: CompiledCondition, phase: string, chainAgeMinutes: number): EvaluatedCondition {
    const value = this.#value(node);
    return {
      stage: phase === 'FILTER' ? 'filter' : 'phase',
      phase,
      text,
      passes: Number.isNaN(value) ? null : value === 1,
      tests: explainTests(node, { graph: this.#compiled.graph, value: (of) => this.#value(of) }),
      sources: sourcesOf(this.#compiled.graph, node, chainAgeMinutes),
    };
  }

  #report(gate: number, said: ReturnType<PlainGate['step']>, sink: SignalSink): void {
    for (const phase of said.advancedTo) sink.advanced(gate, phase);
    if (said.outcome === 'timeout' || said.outcome === 'regime' || said.outcome === 'levels')
      sink.reset(gate, said.resetFrom, said.outcome);
    if (said.outcome === 'vetoed') sink.vetoed(gate, said.condition, said.stop?.unknown ?? false);
    if (said.signal !== null) sink.signal(this.#signal(gate, said.signal));
  }

  #signal(gate: number, { entry, stop, target }: { entry: number; stop: number; target: number }): Signal {
    const row = this.#selected[gate]?.file.regimes[this.#regime];
    return { gate, regime: this.#regime, entry, stop, target, sizeMultiplier: row?.sizeMultiplier ?? 1 };
  }

  #advance(bars: BarColumns, row: number, volume: number): void {
    const time = bars.time[row] as EpochMs;
    const supposed = this.#options.whatIf?.time === time ? this.#options.whatIf.values : null;
    this.#evaluator.startBar();
    this.#grid.add(
      supposed === null ? bars : supposedBars(bars, row, supposed),
      row,
      supposed?.get('volume') ?? volume,
    );
    this.#minuteOfDay = istMinuteOfDay(time);
    this.#lastClose = bars.close[row] as number;
    this.#chain.age(time);
    this.#regime = REGIMES[this.#chain.regime] ?? 'UNKNOWN';
    if (supposed !== null) this.#suppose(supposed);
    this.#memory.step();
  }

  #suppose(values: ReadonlyMap<string, number>): void {
    for (const [word, value] of values) this.#write(word, value);
    this.#evaluator.chainChanged();
    if (!values.has('chain.pcr') && !values.has('chain.smartTrend')) return;
    const [trend, pcr] = ['chain.smartTrend', 'chain.pcr'].map((word) => this.#value(this.#nodeOf(word))) as [
      number,
      number,
    ];
    if (trend === trend) this.#regime = REGIMES[regimeOf(trend, pcr, this.#chainOptions.pcrPolarity)] ?? 'UNKNOWN';
  }

  #nodeOf(word: string): number {
    return this.#compiled.graph.nodes.findIndex((node) => node.kind === 'variable' && node.name === word);
  }

  #value(node: number): number {
    const slot = node < 0 ? -1 : (this.#program.slotOf[node] as number);
    return slot < 0 ? Number.NaN : this.#evaluator.value(slot);
  }

  #write(word: string, value: number): void {
    const slot = this.#program.variables.get(word);
    if (slot === undefined) return;
    if ((this.#grid.first[slot] as number) >= 0) this.#grid.suppose(slot, value);
    else this.#evaluator.values[slot] = value;
  }

  #writeLocal(key: string, value: number): void {
    const slot = this.#program.locals.get(key);
    if (slot !== undefined) this.#evaluator.values[slot] = value;
  }
}

/** The bars with other prices in one row. */
function supposedBars(bars: BarColumns, row: number, values: ReadonlyMap<string, number>): BarColumns {
  const column = (word: 'open' | 'high' | 'low' | 'close'): Float64Array => {
    const value = values.get(word);
    return value === undefined ? bars[word] : bars[word].with(row, value);
  };
  return { ...bars, open: column('open'), high: column('high'), low: column('low'), close: column('close') };
}

/** What stopped an evaluation, in words. */
export function stopText(stop: EvaluationStop | null): string {
  return stop === null ? 'nothing' : `${stop.text}${stop.unknown ? ' (unknown)' : ''}`;
}

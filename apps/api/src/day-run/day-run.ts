import { DayReplay, type VolumeSource } from '@sos/backtester';
import type { DecisionView, MinuteState, TradeView } from '@sos/contracts';
import { MS_PER_MINUTE, type DayTape } from '@sos/domain';
import {
  makeEffects,
  makeEngineConfig,
  makeEngineState,
  rulebookRules,
  type Effects,
  type EngineState,
} from '@sos/engine';
import {
  DEFAULT_CHAIN_OPTIONS,
  createSignalSource,
  type CompiledGates,
  type GateExplanation,
  type GateSignalSource,
} from '@sos/gates';
import { chainTable } from '../chain/chain-table.js';
import type { ShelvedDay } from '../market/day-shelf.js';
import { tradeViewOf } from '../run-views.js';
import { GateBoard } from './gate-board.js';
import { positionViews } from './position-views.js';
import { RecordedSignals } from './recorded-signals.js';

/** Strikes on each side of the money in the chain of a minute. */
const CHAIN_REACH = 8;

/**
 * One session played through the gates and the engine, minute by minute. What it says at a minute depends on the day and on that minute alone: however it was
 * reached, the state is that of a cold run to it, and nothing later was looked at.
 */
export class DayRun {
  readonly tape: DayTape;
  readonly #state: EngineState;
  readonly #out: Effects = makeEffects();
  readonly #replay: DayReplay;
  readonly #signals: GateSignalSource;
  readonly #recorded: RecordedSignals;
  readonly #board: GateBoard;

  constructor({ tape, warmUp }: ShelvedDay, gates: CompiledGates) {
    this.tape = tape;
    this.#signals = createSignalSource(gates);
    this.#signals.warmUp(warmUp);
    this.#recorded = new RecordedSignals(this.#signals, tape.index.length);
    const underlyings = [{ underlying: tape.underlying, signals: this.#recorded }];
    this.#state = makeEngineState({ config: makeEngineConfig(), rules: rulebookRules(), underlyings });
    this.#board = new GateBoard(gates, this.#signals);
    const engine = { state: this.#state, out: this.#out };
    this.#replay = new DayReplay(engine, [tape], DEFAULT_CHAIN_OPTIONS.maxAgeMinutes * MS_PER_MINUTE);
    this.#replay.open();
  }

  /** Bars told so far. */
  get bar(): number {
    return this.#stream.barRow;
  }

  get bars(): number {
    return this.tape.index.length;
  }

  /** Close of the last bar told, epoch ms; −Infinity before the first. */
  get time(): number {
    return this.tape.index.time[this.bar - 1] ?? Number.NEGATIVE_INFINITY;
  }

  get volumeSource(): VolumeSource {
    return this.#stream.volume.source;
  }

  /** Volume told with each index bar; rows not yet told are NaN. */
  get volume(): Float64Array {
    return this.#recorded.volume;
  }

  get #stream() {
    const session = this.#replay.sessions[0];
    if (session === undefined) throw new RangeError('expected one session in a day run, found none');
    return session.stream;
  }

  /** Tells everything up to and with the next index bar; false at the end of the day, where nothing stays open. */
  advance(): boolean {
    if (this.bar >= this.bars) return false;
    const wanted = this.bar + 1;
    const seen = this.#out.decisions.length;
    while (this.#stream.barRow < wanted && this.#replay.next());
    if (wanted === this.bars) {
      while (this.#replay.next());
      this.#replay.close();
    }
    this.#board.note(this.#out.decisions.slice(seen), wanted);
    return true;
  }

  /** Advances until so many bars are told. */
  advanceTo(bar: number): void {
    while (this.bar < bar && this.advance());
  }

  /** Decisions from number `from` on, in order. */
  decisions(from = 0): DecisionView[] {
    return this.#out.decisions.slice(from).map(({ seq, time, gate, kind, reason, detail }) => ({
      seq,
      time,
      gate,
      kind,
      reason,
      detail,
    }));
  }

  get decisionCount(): number {
    return this.#out.decisions.length;
  }

  /** Closed trades from number `from` on, in order. */
  trades(from = 0): TradeView[] {
    return this.#out.trades.slice(from).map(tradeViewOf);
  }

  get tradeCount(): number {
    return this.#out.trades.length;
  }

  /** Why a gate stands where it stands, at the last bar told. */
  explain(gate: string): GateExplanation | null {
    const at = this.#signals.gates.findIndex((g) => g.id === gate);
    return at < 0 || this.bar === 0 ? null : this.#signals.explain(at);
  }

  /** Everything known at the close of the last bar told. */
  minute(): MinuteState {
    const [nearest] = this.tape.chains;
    const [book] = this.#state.books;
    const told = this.bar > 0;
    return {
      bar: this.bar,
      time: told ? this.time : null,
      regime: told ? (this.#signals.gates.length > 0 ? this.#signals.explain(0).regime : 'UNKNOWN') : 'UNKNOWN',
      chain: nearest === undefined || !told ? null : chainTable(nearest, { at: this.time, reach: CHAIN_REACH }),
      gates: told && book !== undefined ? this.#board.states(book.busy, this.bar) : [],
      positions: book === undefined ? [] : positionViews(book, this.time),
      realisedPaise: Math.round(this.#state.realised),
      trades: this.tradeCount,
    };
  }
}

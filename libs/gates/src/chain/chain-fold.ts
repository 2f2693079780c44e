import { MS_PER_MINUTE, type ChainTape } from '@sos/domain';
import {
  makeMoneyMatrixVote,
  makeOiWalls,
  maxPain,
  moneyMatrixVote,
  nearestStrikeIndex,
  oiWalls,
} from '@sos/math-engine';
import { CHAIN_VARIABLES } from '../vocabulary/chain-variables.js';
import { SMART_TRENDS, type SmartTrend } from '../vocabulary/labels.js';
import type { ChainOptions } from './chain-options.js';
import { ContractBuildups } from './contract-buildups.js';
import { DeltaVolume } from './delta-volume.js';
import { plainTape, type ReadTape } from './plain-tape.js';
import { ForwardFinder } from './forward-finder.js';
import { PairedSums } from './paired-sums.js';
import { regimeOf } from './regime-of.js';

const TRENDS: readonly SmartTrend[] = ['NEUTRAL', 'LONG_BUILDUP', 'SHORT_BUILDUP', 'SHORT_COVERING', 'LONG_UNWINDING'];
/** Smart trend of the index, as its place in SMART_TRENDS, by math-engine's buildup code. */
const TREND_OF_CODE = Float64Array.from(TRENDS, (trend) => SMART_TRENDS.indexOf(trend));

interface Band {
  from: number;
  to: number;
}

/** What one tape has told so far in its session. */
interface TapeState {
  /** As it was given, to know it again. */
  readonly given: ChainTape;
  readonly tape: ReadTape;
  readonly calls: ContractBuildups;
  readonly puts: ContractBuildups;
  readonly sums: PairedSums;
  readonly delta: DeltaVolume | null;
  /** Snapshots taken, ascending; the first `count` are in use. */
  readonly taken: Int32Array;
  count: number;
  /** Place in `taken` of the newest snapshot at least `changeMinutes` old, -1 none. */
  base: number;
  /** Snapshot of the last publication whose sums changed, -1 none. */
  changed: number;
  velocity: number;
}

const FIELD: ReadonlyMap<string, number> = new Map(CHAIN_VARIABLES.map((variable, i) => [variable.name, i]));

function fieldOf(name: string): number {
  return FIELD.get(name) ?? -1;
}

const SMART_TREND = fieldOf('chain.smartTrend');
const REGIME = fieldOf('chain.regime');
const SCORE = fieldOf('chain.score');
const PCR = fieldOf('chain.pcr');
const PCR_VELOCITY = fieldOf('chain.pcrVelocity');
const CE_OI = fieldOf('chain.ceOi');
const PE_OI = fieldOf('chain.peOi');
const CE_OI_CHANGE = fieldOf('chain.ceOiChange');
const PE_OI_CHANGE = fieldOf('chain.peOiChange');
const WALL_ABOVE = fieldOf('chain.wallAbove');
const WALL_BELOW = fieldOf('chain.wallBelow');
const MAX_PAIN = fieldOf('chain.maxPain');
const STRADDLE = fieldOf('chain.straddle');
const FORWARD = fieldOf('chain.forward');
const ATM = fieldOf('chain.atm');
const DELTA_NET = fieldOf('deltaVolume.net');
const DELTA_SIGNAL = fieldOf('deltaVolume.signal');
const COVERING_CALLS = fieldOf('deltaVolume.coveringCalls');
const COVERING_PUTS = fieldOf('deltaVolume.coveringPuts');
const WRITING_CALLS = fieldOf('deltaVolume.writingCalls');
const WRITING_PUTS = fieldOf('deltaVolume.writingPuts');

/** Which of the dearer words somebody reads. */
export interface ChainNeeds {
  readonly velocity: boolean;
  readonly changes: boolean;
  readonly walls: boolean;
  readonly maxPain: boolean;
  readonly delta: boolean;
}

/** Folds the snapshots of a session into the words of the chain, using nothing after the snapshot at hand. */
export class ChainFold {
  /** Words by their place in CHAIN_VARIABLES; `chain.ageMinutes` is left to whoever knows the time. */
  readonly values = new Float64Array(CHAIN_VARIABLES.length).fill(Number.NaN);
  /** Exchange time of the snapshot in use, epoch ms; NaN before the first. */
  eventTime = Number.NaN;
  readonly #options: ChainOptions;
  readonly #needs: ChainNeeds;
  readonly #finder = new ForwardFinder();
  readonly #vote = makeMoneyMatrixVote();
  readonly #walls = makeOiWalls();
  readonly #band: Band = { from: 0, to: 0 };
  #state: TapeState | null = null;
  /** Place of the strike nearest to the forward of the snapshot in use, -1 unknown. */
  #atm = -1;

  constructor(options: ChainOptions, needs: ChainNeeds) {
    this.#options = options;
    this.#needs = needs;
  }

  /** Forgets the session before: its open interest is another baseline. */
  startSession(): void {
    this.#state = null;
    this.#finder.startSession();
    this.eventTime = Number.NaN;
    this.values.fill(Number.NaN);
  }

  /**
   * Takes a snapshot of the nearest expiry of the session; a later expiry is passed over, and so is a page older than or equal to the last one.
   * @param indexClose last known index level, which places the band when the chain has no forward of its own
   * @returns whether the words changed
   */
  add(given: ChainTape, snapshot: number, indexClose: number): boolean {
    const state = this.#stateOf(given);
    if (state === null) return false;
    const { tape } = state;
    const time = tape.eventTime[snapshot] as number;
    if (state.count > 0 && !(time > this.eventTime)) return false;
    this.eventTime = time;
    const offset = snapshot * tape.strikes.length;
    state.taken[state.count++] = snapshot;
    this.#place(tape, snapshot, indexClose);
    this.#voteOf(state);
    this.#ratios(state, snapshot);
    this.#levels(state, offset);
    this.#deltas(state, snapshot);
    const { values } = this;
    values[REGIME] = regimeOf(values[SMART_TREND] as number, values[PCR] as number, this.#options.pcrPolarity);
    return true;
  }

  #stateOf(tape: ChainTape): TapeState | null {
    const state = this.#state;
    if (state !== null && state.given === tape) return state;
    if (state !== null && tape.expiry >= state.tape.expiry) return null;
    const strikes = tape.strikes.length;
    const read = plainTape(tape);
    const { noiseShare } = this.#options;
    this.eventTime = Number.NaN;
    this.values.fill(Number.NaN);
    this.#state = {
      given: tape,
      tape: read,
      calls: new ContractBuildups(read.call, strikes, noiseShare),
      puts: new ContractBuildups(read.put, strikes, noiseShare),
      sums: new PairedSums(read),
      delta: this.#needs.delta ? new DeltaVolume(strikes, this.#options) : null,
      taken: new Int32Array(tape.length),
      count: 0,
      base: -1,
      changed: -1,
      velocity: Number.NaN,
    };
    return this.#state;
  }

  #place(tape: ReadTape, snapshot: number, indexClose: number): void {
    const { strikes, call, put } = tape;
    const offset = snapshot * strikes.length;
    const printed = tape.spot[snapshot] as number;
    const forward = this.#finder.find(tape, snapshot, printed > 0 ? printed : indexClose);
    const atm = this.#nearest(strikes, forward);
    this.#atm = atm;
    this.values[FORWARD] = forward;
    this.values[ATM] = atm < 0 ? Number.NaN : (strikes[atm] as number);
    this.values[STRADDLE] =
      atm < 0 ? Number.NaN : (call.ltp[offset + atm] as number) + (put.ltp[offset + atm] as number);
  }

  // The money moves a strike at most between most snapshots: the last one is where the search begins.
  #nearest(strikes: Float64Array, forward: number): number {
    let at = this.#atm;
    if (at < 0 || at >= strikes.length || forward !== forward) return nearestStrikeIndex(strikes, forward);
    while (at + 1 < strikes.length && forward - (strikes[at] as number) > (strikes[at + 1] as number) - forward) at++;
    while (at > 0 && forward - (strikes[at - 1] as number) <= (strikes[at] as number) - forward) at--;
    return at;
  }

  // A ladder narrower than the band is taken whole: it is the same every time. A wider one must reach far enough on both sides.
  #bandOf(strikes: Float64Array, reach: number): Band {
    const band = this.#band;
    const count = strikes.length;
    const atm = this.#atm;
    const isNarrow = count < 2 * reach + 1;
    band.from = isNarrow ? 0 : atm - reach;
    band.to = isNarrow ? count : atm + reach + 1;
    if (atm < 0 || band.from < 0 || band.to > count) band.from = band.to = 0;
    return band;
  }

  #voteOf(state: TapeState): void {
    const { from, to } = this.#bandOf(state.tape.strikes, this.#options.voteReach);
    state.calls.judge(state, from, to);
    state.puts.judge(state, from, to);
    moneyMatrixVote(
      {
        callBuildup: state.calls.codes,
        putBuildup: state.puts.codes,
        callOi: state.calls.openInterest,
        putOi: state.puts.openInterest,
        from,
        to,
        minScore: this.#options.minScore,
      },
      this.#vote,
    );
    const { code } = this.#vote;
    this.values[SCORE] = this.#vote.score;
    this.values[SMART_TREND] = code < 0 ? Number.NaN : (TREND_OF_CODE[code] as number);
  }

  #ratios(state: TapeState, snapshot: number): void {
    const { tape, sums } = state;
    const { values } = this;
    const band = this.#bandOf(tape.strikes, this.#options.pcrReach);
    sums.learn(state, band);
    const { calls, puts } = sums.sum(snapshot, band);
    values[CE_OI] = calls;
    values[PE_OI] = puts;
    values[PCR] = calls > 0 ? puts / calls : Number.NaN;
    if (this.#needs.velocity) this.#velocity(state, snapshot, band);
    if (this.#needs.changes) this.#changes(state, band);
  }

  // Both publications are summed over the band of now: a ratio of two sets of strikes is not a velocity.
  #velocity(state: TapeState, snapshot: number, band: Band): void {
    const { tape, sums } = state;
    const calls = this.values[CE_OI] as number;
    const puts = this.values[PE_OI] as number;
    if (!(calls > 0) || puts !== puts) return;
    if (state.changed < 0) state.changed = snapshot;
    const before = sums.sum(state.changed, band);
    if (before.calls !== calls || before.puts !== puts) {
      const minutes =
        ((tape.eventTime[snapshot] as number) - (tape.eventTime[state.changed] as number)) / MS_PER_MINUTE;
      state.velocity = before.calls > 0 ? (puts / calls - before.puts / before.calls) / minutes : Number.NaN;
      state.changed = snapshot;
    }
    this.values[PCR_VELOCITY] = state.velocity;
  }

  #changes(state: TapeState, band: Band): void {
    const { tape, taken, sums } = state;
    const { values } = this;
    const since = this.eventTime - this.#options.changeMinutes * MS_PER_MINUTE;
    while (state.base + 1 < state.count && (tape.eventTime[taken[state.base + 1] as number] as number) <= since)
      state.base++;
    if (state.base < 0) return;
    const { calls, puts } = sums.sum(taken[state.base] as number, band);
    values[CE_OI_CHANGE] = (values[CE_OI] as number) - calls;
    values[PE_OI_CHANGE] = (values[PE_OI] as number) - puts;
  }

  #levels(state: TapeState, offset: number): void {
    const { strikes, call, put } = state.tape;
    const { values } = this;
    if (this.#needs.walls) {
      oiWalls(strikes, call.openInterest, put.openInterest, values[FORWARD] as number, offset, this.#walls);
      values[WALL_ABOVE] = this.#walls.callStrike;
      values[WALL_BELOW] = this.#walls.putStrike;
    }
    if (this.#needs.maxPain) values[MAX_PAIN] = maxPain(strikes, call.openInterest, put.openInterest, offset);
  }

  #deltas({ delta, tape }: TapeState, snapshot: number): void {
    if (delta === null) return;
    const { values } = this;
    delta.add(tape, snapshot, this.#bandOf(tape.strikes, this.#options.deltaReach));
    values[DELTA_NET] = delta.net;
    values[DELTA_SIGNAL] = delta.signal;
    values[COVERING_CALLS] = delta.coveringCalls;
    values[COVERING_PUTS] = delta.coveringPuts;
    values[WRITING_CALLS] = delta.writingCalls;
    values[WRITING_PUTS] = delta.writingPuts;
  }
}

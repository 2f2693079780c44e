import type { BarColumns, DayTape, Underlying } from '@sos/domain';
import { makeEffects, makeEngineState, type Effects, type EngineConfig, type MarketRules } from '@sos/engine';
import type { SignalSource } from '@sos/gates';
import { DayReplay } from '../replay/replay-day.js';
import { JournalledSource } from './journalled-source.js';

/** Makes a fresh source for one replay of one day. It is given the day as the replay shows it, which is all that a strategy can reach. */
export type HonestyFactory = (underlying: Underlying, tape: DayTape) => SignalSource;

/** How a day is replayed by the proofs of honesty: as a backtest replays it, one day and one underlying at a time. */
export interface HonestySetup {
  readonly signals: HonestyFactory;
  readonly config: EngineConfig;
  /** The law of the market; normally `rulebookRules()`. */
  readonly rules: MarketRules;
  /** Minutes up to which a chain counts as fresh in the coverage; default 5. */
  readonly chainFreshMinutes?: number;
}

/** A session and the index bars that warm its indicators up. */
export interface HonestyDay {
  readonly tape: DayTape;
  readonly warmUp: BarColumns;
}

/** Everything that was decided on a day, in order: gate reports, decisions, orders and fills of the engine, each with the instant at which it was decided. */
export interface DecisionLog {
  readonly times: readonly number[];
  readonly lines: readonly string[];
  /** Instants at which something became known and decisions could be taken. */
  readonly instants: number;
}

const LISTS = ['decisions', 'orders', 'fills', 'trades'] as const;

class LogWriter {
  readonly times: number[] = [];
  readonly lines: string[] = [];
  readonly reported: string[] = [];
  readonly #out: Effects;
  readonly #seen = [0, 0, 0, 0];

  constructor(out: Effects) {
    this.#out = out;
  }

  /** Dates everything new. */
  note(time: number): void {
    for (const [i, name] of LISTS.entries()) {
      const list = this.#out[name];
      for (let k = this.#seen[i] as number; k < list.length; k++)
        this.reported.push(`${name} ${JSON.stringify(list[k])}`);
      this.#seen[i] = list.length;
    }
    for (const line of this.reported) {
      this.times.push(time);
      this.lines.push(line);
    }
    this.reported.length = 0;
  }
}

/**
 * Replays one day and writes down every decision. Without `reveal` the source is shown the bars ahead, as in a backtest; with it, it is told of them one by one, so that
 * both ways must decide the same.
 * @param day the day as it is shown, and its warm-up
 * @param reveal told of each instant before anything of that instant happens
 */
export function logDecisions(day: HonestyDay, setup: HonestySetup, reveal?: (now: number) => void): DecisionLog {
  const { tape, warmUp } = day;
  const out = makeEffects();
  const log = new LogWriter(out);
  const inner = setup.signals(tape.underlying, tape);
  const signals = new JournalledSource(inner, log.reported, reveal === undefined);
  signals.warmUp(warmUp);
  const underlyings = [{ underlying: tape.underlying, signals }];
  const state = makeEngineState({ config: setup.config, rules: setup.rules, underlyings });
  const replay = new DayReplay({ state, out }, [tape], (setup.chainFreshMinutes ?? 5) * 60_000);
  const [session] = replay.sessions;
  const open = setup.rules.session(tape.underlying, tape.date).open;
  reveal?.(Math.min(open, session?.stream.nextAt ?? open));
  replay.open();
  log.note(open);
  let instants = 0;
  for (;;) {
    const now = session?.stream.nextAt ?? Number.POSITIVE_INFINITY;
    reveal?.(now);
    if (!replay.next()) break;
    instants++;
    log.note(now);
  }
  replay.close();
  for (const { gate, phase, condition, failed, unknown } of inner.conditionCounts())
    log.reported.push(`counts ${inner.gates[gate]?.id ?? gate} ${phase} ${failed} ${unknown} ${condition}`);
  log.note(Number.POSITIVE_INFINITY);
  return { times: log.times, lines: log.lines, instants };
}

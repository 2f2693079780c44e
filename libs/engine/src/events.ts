import type { BarColumns, ChainTape, IstDate, OptionSeries } from '@sos/domain';

/**
 * What every event has. `seq` rises by at least one per event, `availableAt` never falls: it is the engine's clock.
 * `eventTime` is the exchange's time of what is told (≤ `availableAt`). Event objects may be reused by the shell: the engine keeps none.
 */
interface EventHead {
  seq: number;
  eventTime: number;
  availableAt: number;
}

/** A session of one underlying begins; `underlying` indexes the engine's books. `previousClose` rupees, NaN unknown. */
export interface SessionOpenEvent extends EventHead {
  readonly kind: 'session-open';
  underlying: number;
  date: IstDate;
  previousClose: number;
}

/** One row of a watched option became known. */
export interface OptionRowEvent extends EventHead {
  readonly kind: 'option-row';
  underlying: number;
  series: OptionSeries;
  row: number;
}

/** One snapshot of an option chain became known. */
export interface ChainEvent extends EventHead {
  readonly kind: 'chain';
  underlying: number;
  tape: ChainTape;
  snapshot: number;
}

/** One index bar closed. `volume` is the vocabulary's volume of that minute in units, NaN unknown. */
export interface BarEvent extends EventHead {
  readonly kind: 'bar';
  underlying: number;
  bars: BarColumns;
  row: number;
  volume: number;
}

/** The session of one underlying ends, or the tape does: nothing stays open behind it. */
export interface SessionCloseEvent extends EventHead {
  readonly kind: 'session-close';
  underlying: number;
}

/** What a person or the risk desk orders. */
export type Command = 'pause' | 'resume' | 'flatten' | 'kill';

/** A command of the user: an event like any other, so that a replay repeats it. */
export interface CommandEvent extends EventHead {
  readonly kind: 'command';
  command: Command;
}

/** Everything that can happen to the engine: a closed union. */
export type EngineEvent = SessionOpenEvent | OptionRowEvent | ChainEvent | BarEvent | SessionCloseEvent | CommandEvent;

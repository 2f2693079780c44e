import { AppError, type ChainTape, type DayTape, type EpochMs } from '@sos/domain';
import {
  step,
  type BarEvent,
  type ChainEvent,
  type Effects,
  type EngineState,
  type OptionRowEvent,
  type SessionHours,
} from '@sos/engine';
import { BookStream, RANK, type WatchedOption } from './book-stream.js';

/** An engine and where its effects go. Watch requests are carried out and removed; everything else is left for the caller. */
export interface ReplayEngine {
  readonly state: EngineState;
  readonly out: Effects;
}

/** One underlying's part of a replayed day. */
export interface SessionReplay {
  readonly book: number;
  readonly hours: SessionHours;
  readonly stream: BookStream;
}

/**
 * The replay shell: tells an engine one trading day in order of availability. At equal availability option rows come first, then chains, then index bars;
 * of equal rank the book of lower index. Option rows are told of watched contracts only, from the moment of the request on.
 * Call `open`, then `next` until it is false, then `close`; state and effects may be read between any two calls.
 */
export class DayReplay {
  readonly sessions: readonly SessionReplay[];
  readonly #engine: ReplayEngine;
  readonly #chainFreshMs: number;
  readonly #streams: readonly (BookStream | null)[];
  #bar: BarEvent | null = null;
  #chain: ChainEvent | null = null;
  #option: OptionRowEvent | null = null;
  // They begin as numbers: a field that begins as undefined boxes every number stored later.
  #seq = 0;
  #last = Number.NaN;

  /**
   * @param tapes one for each book of the engine, null where nothing is known of that underlying on that day
   * @param chainFreshMs age up to which a chain counts as fresh in a session's coverage
   * @throws SOS_INVARIANT when the number of tapes differs from the number of books
   */
  constructor(engine: ReplayEngine, tapes: readonly (DayTape | null)[], chainFreshMs: number) {
    const { books, lastSeq, now, rules } = engine.state;
    if (tapes.length !== books.length)
      throw new AppError('SOS_INVARIANT', `expected ${books.length} tapes, found ${tapes.length}`);
    this.#engine = engine;
    this.#chainFreshMs = chainFreshMs;
    this.#seq = Math.max(0, lastSeq);
    this.#last = now;
    this.#streams = tapes.map((tape) => (tape ? new BookStream(tape) : null));
    this.sessions = this.#streams.flatMap((stream, book) =>
      stream ? [{ book, stream, hours: rules.session(stream.tape.underlying, stream.tape.date) }] : [],
    );
  }

  /** Opens the session of every underlying of the day. */
  open(): void {
    let at = Number.POSITIVE_INFINITY;
    for (const { stream, hours } of this.sessions) at = Math.min(at, hours.open, stream.nextAt);
    for (const { book, stream } of this.sessions) {
      const { date, previousClose } = stream.tape;
      step(
        this.#engine.state,
        { kind: 'session-open', ...this.#head(at), underlying: book, date, previousClose },
        this.#engine.out,
      );
    }
  }

  /** Tells the next event; false when the day has none left. */
  next(): boolean {
    let book = -1;
    let best: BookStream | null = null;
    for (let b = 0; b < this.#streams.length; b++) {
      const stream = this.#streams[b] as BookStream | null;
      if (stream === null || stream.nextRank === RANK.none) continue;
      if (best !== null && !isBefore(stream, best)) continue;
      best = stream;
      book = b;
    }
    if (best === null) return false;
    this.#last = best.nextAt;
    if (best.nextRank === RANK.bar) this.#tellBar(best, book);
    else if (best.nextRank === RANK.option) this.#tellOption(best, book);
    else this.#tellChain(best, book);
    if (this.#engine.out.requests.length > 0) this.#serveRequests();
    best.advance();
    return true;
  }

  /** Closes every session: nothing stays open behind the day. */
  close(): void {
    let at = this.#last;
    for (const { hours } of this.sessions) at = Math.max(at, hours.close);
    for (const { book } of this.sessions)
      step(this.#engine.state, { kind: 'session-close', ...this.#head(at), underlying: book }, this.#engine.out);
    this.#serveRequests();
  }

  #head(at: number) {
    return { seq: ++this.#seq, eventTime: at, availableAt: at };
  }

  #tellBar(stream: BookStream, book: number): void {
    const bars = stream.tape.index;
    const row = stream.barRow++;
    const event = (this.#bar ??= { kind: 'bar', ...this.#head(0), underlying: book, bars, row, volume: Number.NaN });
    event.seq = ++this.#seq;
    event.eventTime = stream.nextAt;
    event.availableAt = stream.nextAt;
    event.underlying = book;
    event.bars = bars;
    event.row = row;
    event.volume = stream.volume.at(stream.nextAt);
    stream.spot = bars.close[row] as number;
    if (stream.nextAt - stream.chainTime <= this.#chainFreshMs) stream.freshMinutes++;
    step(this.#engine.state, event, this.#engine.out);
  }

  #tellChain(stream: BookStream, book: number): void {
    const tape = stream.tape.chains[stream.nextStream] as ChainTape;
    const snapshot = stream.chainRows[stream.nextStream] as number;
    stream.chainRows[stream.nextStream] = snapshot + 1;
    const event = (this.#chain ??= { kind: 'chain', ...this.#head(0), underlying: book, tape, snapshot });
    event.seq = ++this.#seq;
    event.eventTime = tape.eventTime[snapshot] as number;
    event.availableAt = stream.nextAt;
    event.underlying = book;
    event.tape = tape;
    event.snapshot = snapshot;
    const printed = tape.spot[snapshot] as number;
    stream.volume.chain(tape, snapshot, printed > 0 ? printed : stream.spot);
    stream.chainTime = Math.max(stream.chainTime, event.eventTime);
    step(this.#engine.state, event, this.#engine.out);
  }

  #tellOption(stream: BookStream, book: number): void {
    const watched = stream.watched[stream.nextStream] as WatchedOption;
    const { series } = watched;
    const row = watched.row++;
    const event = (this.#option ??= { kind: 'option-row', ...this.#head(0), underlying: book, series, row });
    event.seq = ++this.#seq;
    event.eventTime = series.time[row] as number;
    event.availableAt = stream.nextAt;
    event.underlying = book;
    event.series = series;
    event.row = row;
    step(this.#engine.state, event, this.#engine.out);
  }

  #serveRequests(): void {
    const { requests } = this.#engine.out;
    for (const { action, underlying, contract } of requests) {
      const stream = this.#streams[underlying];
      if (action === 'watch') stream?.watch(contract, this.#engine.state.now as EpochMs);
      else stream?.unwatch(contract);
      stream?.advance();
    }
    requests.length = 0;
  }
}

function isBefore(a: BookStream, b: BookStream): boolean {
  return a.nextAt < b.nextAt || (a.nextAt === b.nextAt && a.nextRank < b.nextRank);
}

/** Tells an engine one whole trading day; see `DayReplay`. */
export function replayDay(engine: ReplayEngine, tapes: readonly (DayTape | null)[], chainFreshMs: number): DayReplay {
  const replay = new DayReplay(engine, tapes, chainFreshMs);
  replay.open();
  while (replay.next());
  replay.close();
  return replay;
}

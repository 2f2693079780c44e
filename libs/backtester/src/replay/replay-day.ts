import { AppError, type ChainTape, type DayTape, type EpochMs } from '@sos/domain';
import {
  step,
  type BarEvent,
  type ChainEvent,
  type Effects,
  type EngineState,
  type OptionRowEvent,
  type SessionHours,
  type WatchRequest,
} from '@sos/engine';
import { BookStream, RANK_BAR, RANK_NONE, RANK_OPTION, type WatchedOption } from './book-stream.js';

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
  readonly #requests: WatchRequest[];
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
    this.#requests = engine.out.requests;
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
      // What follows from bars alone is computed for the whole session at once; the look-ahead oracle sees to it that no decision knows.
      const { index, volume } = stream;
      this.#engine.state.books[book]?.signals.preview?.(index, volume.column(index.time));
    }
  }

  /** Tells the next event; false when the day has none left. */
  next(): boolean {
    let best: BookStream | null = null;
    let book = -1;
    for (let b = 0; b < this.#streams.length; b++) {
      const stream = this.#streams[b] as BookStream | null;
      if (stream === null || stream.nextRank === RANK_NONE || (best !== null && !isBefore(stream, best))) continue;
      best = stream;
      book = b;
    }
    if (best === null) return false;
    this.#last = best.nextAt;
    if (best.nextRank === RANK_BAR) this.#tellBar(best, book);
    else if (best.nextRank === RANK_OPTION) this.#tellOption(best, book);
    else this.#tellChain(best, book);
    if (this.#requests.length > 0) this.#serveRequests();
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

  // The stream goes on before the engine is told: what the engine asks for is then served from the place after this event.
  #tellBar(stream: BookStream, book: number): void {
    const { index: bars } = stream;
    const row = stream.barRow;
    const at = stream.nextAt;
    const event = (this.#bar ??= { kind: 'bar', ...this.#head(0), underlying: book, bars, row, volume: Number.NaN });
    event.seq = ++this.#seq;
    event.eventTime = at;
    event.availableAt = at;
    event.underlying = book;
    event.bars = bars;
    event.row = row;
    event.volume = stream.volume.at(at);
    stream.spot = bars.close[row] as number;
    if (at - stream.chainTime <= this.#chainFreshMs) stream.freshMinutes++;
    stream.passBar();
    step(this.#engine.state, event, this.#engine.out);
  }

  #tellChain(stream: BookStream, book: number): void {
    const tape = stream.chains[stream.nextStream] as ChainTape;
    const snapshot = stream.chainRows[stream.nextStream] as number;
    const time = tape.eventTime[snapshot] as number;
    const event = (this.#chain ??= { kind: 'chain', ...this.#head(0), underlying: book, tape, snapshot });
    event.seq = ++this.#seq;
    event.eventTime = time;
    event.availableAt = stream.nextAt;
    event.underlying = book;
    event.tape = tape;
    event.snapshot = snapshot;
    const printed = tape.spot[snapshot] as number;
    stream.volume.chain(tape, snapshot, printed > 0 ? printed : stream.spot);
    if (time > stream.chainTime) stream.chainTime = time;
    stream.passChain();
    step(this.#engine.state, event, this.#engine.out);
  }

  #tellOption(stream: BookStream, book: number): void {
    const { series, row } = stream.watched[stream.nextStream] as WatchedOption;
    const event = (this.#option ??= { kind: 'option-row', ...this.#head(0), underlying: book, series, row });
    event.seq = ++this.#seq;
    event.eventTime = series.time[row] as number;
    event.availableAt = stream.nextAt;
    event.underlying = book;
    event.series = series;
    event.row = row;
    stream.passOption();
    step(this.#engine.state, event, this.#engine.out);
  }

  #serveRequests(): void {
    const requests = this.#requests;
    for (let i = 0; i < requests.length; i++) {
      const { action, underlying, contract } = requests[i] as WatchRequest;
      const stream = this.#streams[underlying];
      if (action === 'watch') stream?.watch(contract, this.#engine.state.now as EpochMs);
      else stream?.unwatch(contract);
    }
    // One by one: an array cut to nothing at once gives its memory back and must ask for it again.
    while (requests.length > 0) requests.pop();
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

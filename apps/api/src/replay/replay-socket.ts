import { ClientMessage, SOCKET_VERSION, type ServerMessage } from '@sos/contracts';
import { AppError, assertNever, isAppError, istInstant, type DayTape } from '@sos/domain';
import type { RawData, WebSocket } from 'ws';
import { barsUntil } from '../day-run/known-rows.js';
import type { AddressBudget } from '../access/address-budget.js';
import type { GateLibrary } from '../gates/gate-library.js';
import type { DayShelf } from '../market/day-shelf.js';
import type { ClientPipe } from '../socket/client-pipe.js';
import { ReplaySession } from './replay-session.js';
import type { ReplayTimer } from './replay-timer.js';
import { SessionLine } from './session-line.js';
import type { OpenSession, SessionTable } from './session-table.js';

/** What the socket needs of the server. */
export interface ReplayDesk {
  readonly shelf: DayShelf;
  readonly gates: GateLibrary;
  readonly sessions: SessionTable;
  readonly timer: ReplayTimer;
  /** The way to the client. */
  readonly pipe: Pick<ClientPipe, 'send'>;
  /** How many messages the client may send. */
  readonly budget: AddressBudget;
}

/** One client's replay, as the socket sees it. */
export interface ServedReplay {
  /** Says the newest state of the session anew, where there is one. */
  present(): void;
}

type Start = Extract<ClientMessage, { type: 'replay.start' }>;

const CLIENT = 'client';
const TOO_MANY = new AppError(
  'SOS_RATE_LIMIT',
  'expected at most 50 messages a second, found more: this one was left out',
);

/** One client of the replay protocol of `@sos/contracts`; messages are handled one after the other. */
class ReplayClient implements ServedReplay {
  readonly #desk: ReplayDesk;
  #open: OpenSession | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, desk: ReplayDesk) {
    this.#desk = desk;
    socket.on('message', (raw: RawData) => {
      if (desk.budget.take(CLIENT) > 0) return this.#refuse(TOO_MANY);
      this.#last = this.#last.then(() => this.#receive(raw));
    });
    socket.on('close', () => {
      if (this.#open !== null) desk.sessions.leave(this.#open.session.id);
    });
  }

  present(): void {
    this.#open?.session.present();
  }

  async #receive(raw: RawData): Promise<void> {
    try {
      await this.#handle(parseMessage(raw));
    } catch (error) {
      this.#refuse(error);
    }
  }

  async #handle(message: ClientMessage): Promise<void> {
    if (message.type === 'replay.start') return this.#start(message);
    if (message.type === 'session.resume') return this.#resume(message.session, message.after);
    const session = this.#open?.session;
    if (session === undefined) throw new AppError('SOS_INPUT', 'expected replay.start first, found another message');
    switch (message.type) {
      case 'replay.pause':
        return session.pause();
      case 'replay.resume':
        return session.play();
      case 'replay.step':
        return session.step(message.by);
      case 'replay.seek':
        return session.seek(message.bar);
      case 'replay.next-signal':
        return session.nextSignal();
      case 'replay.speed':
        return session.speed(message.speed);
      case 'replay.strike':
        return session.strike(message.strike);
      case 'replay.stop':
        return session.stop();
      default:
        return assertNever(message, 'client message');
    }
  }

  async #start(message: Start): Promise<void> {
    const { shelf, gates, sessions, timer } = this.#desk;
    const day = await shelf.day(message);
    if (this.#open !== null) sessions.end(this.#open.session.id);
    const line = new SessionLine();
    const { speed, strike } = message;
    const say = line.say.bind(line);
    const session = new ReplaySession({
      id: sessions.newId(),
      day,
      gates: gates.compiled(),
      speed,
      strike,
      timer,
      say,
    });
    this.#open = { session, line };
    sessions.add(this.#open);
    line.listen((said) => this.#send(said));
    session.begin(firstBar(message, day.tape), message.paused ?? false);
  }

  #resume(id: string, after: number): void {
    const open = this.#desk.sessions.take(id);
    if (open === null)
      throw new AppError(
        'SOS_INPUT',
        'expected a session that was left less than a minute ago, found none: start again',
      );
    this.#open = open;
    open.line.listen((said) => this.#send(said));
    if (!open.line.repeatAfter(after)) open.session.history();
  }

  #send(message: ServerMessage): void {
    this.#desk.pipe.send(message);
  }

  #refuse(error: unknown): void {
    const known = isAppError(error)
      ? error
      : new AppError('SOS_INVARIANT', 'expected the message to be handled, found an internal error');
    const { code, message } = known;
    // Numbered with the session where there is one, so that an error is no gap.
    if (this.#open !== null) this.#open.line.say({ type: 'error', code, message });
    else this.#send({ v: SOCKET_VERSION, seq: 0, type: 'error', code, message });
  }
}

function firstBar({ bar = 0, at }: Start, { date, index }: DayTape): number {
  return at === undefined ? bar : barsUntil(index.time, istInstant(date, at));
}

/** Speaks the replay protocol with one client. */
export function serveReplay(socket: WebSocket, desk: ReplayDesk): ServedReplay {
  return new ReplayClient(socket, desk);
}

function parseMessage(raw: RawData): ClientMessage {
  let body: unknown;
  try {
    body = JSON.parse(String(raw));
  } catch {
    throw new AppError('SOS_INPUT', 'expected a JSON message, found something else');
  }
  const parsed = ClientMessage.safeParse(body);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new AppError(
    'SOS_INPUT',
    `expected a message of protocol version ${SOCKET_VERSION}, found ${first?.path.join('.') ?? ''}: ${first?.message ?? 'unknown'}`,
  );
}

import { SOCKET_VERSION, ServerMessage, type ClientMessage } from '@sos/contracts';

type WithoutVersion<T> = T extends unknown ? Omit<T, 'v'> : never;
/** A message to the server before it has its version. */
export type Saying = WithoutVersion<ClientMessage>;

/** How the connection stands. */
export type Connection = 'connecting' | 'open' | 'lost';

/** Who hears what the stream says. */
export interface StreamListener {
  onMessage(message: ServerMessage): void;
  onConnection(state: Connection): void;
  onProblem(text: string): void;
  /** Connected anew where no session could be resumed: say again what is wanted. */
  onFresh(): void;
}

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5_000;

/** The socket to the server: comes back by itself, resumes its session by sequence, and never shows garbage. */
export class Stream {
  readonly #listener: StreamListener;
  #socket: WebSocket | null = null;
  #session = '';
  #seq = 0;
  #wait = FIRST_WAIT_MS;
  #retry = 0;
  #isClosed = false;
  #isResuming = false;

  constructor(listener: StreamListener) {
    this.#listener = listener;
    this.#connect();
  }

  say(message: Saying): void {
    if (message.type === 'replay.start') this.#session = '';
    if (this.#socket?.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify({ v: SOCKET_VERSION, ...message }));
  }

  /** Cuts the connection as a bad network would; it comes back by itself. */
  drop(): void {
    this.#socket?.close();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#socket?.close();
  }

  #connect(): void {
    this.#listener.onConnection('connecting');
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/stream`);
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#receive(String(event.data));
    socket.onclose = () => this.#closed();
  }

  #opened(): void {
    this.#wait = FIRST_WAIT_MS;
    this.#listener.onConnection('open');
    this.#isResuming = this.#session !== '';
    if (this.#isResuming) this.say({ type: 'session.resume', session: this.#session, after: this.#seq });
    else this.#listener.onFresh();
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#listener.onConnection('lost');
    this.#retry = setTimeout(() => this.#connect(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  #receive(text: string): void {
    const parsed = ServerMessage.safeParse(parseJson(text));
    if (!parsed.success)
      return this.#listener.onProblem('The server sent a message this page does not understand. Reload the page.');
    const message = parsed.data;
    if (message.type === 'job') return this.#listener.onMessage(message);
    if (message.type === 'error' && this.#isResuming) return this.#startAnew();
    this.#isResuming = false;
    if (message.type === 'replay.history') this.#session = message.session;
    else if (message.seq !== 0 && message.seq <= this.#seq) return;
    else if (message.seq > this.#seq + 1)
      return this.say({ type: 'session.resume', session: this.#session, after: this.#seq });
    if (message.seq !== 0) this.#seq = message.seq;
    this.#listener.onMessage(message);
  }

  // The server was started anew, or waited long enough.
  #startAnew(): void {
    this.#isResuming = false;
    this.#session = '';
    this.#seq = 0;
    this.#listener.onFresh();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

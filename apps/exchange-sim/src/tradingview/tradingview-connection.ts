import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { FaultMenu } from '../faults.js';
import type { SimulatedExchange } from '../market/simulated-exchange.js';
import { ChartSession } from './chart-session.js';
import { callOf, frameOf, payloadsOf } from './framing.js';
import { QuoteSession } from './quote-session.js';

/** What the connections of a stand-in share. */
export interface TradingViewHost {
  readonly exchange: SimulatedExchange;
  readonly faults: FaultMenu;
  readonly tokens: ReadonlySet<string>;
  /** Bars in all without a login, and with one. */
  readonly depth: { readonly nobody: number; readonly loggedIn: number };
}

const NOBODY = 'unauthorized_user_token';
const HEARTBEAT_MS = 10_000;
// A client that did not answer by then is gone.
const UNANSWERED_MS = 30_000;
const Call = z.looseObject({ m: z.string(), p: z.array(z.unknown()) });

/** One client on the socket: who it is, its sessions, its heartbeats. Calls are answered in the order in which they came. */
export class TradingViewConnection {
  private readonly socket: WebSocket;
  private readonly host: TradingViewHost;
  private readonly charts = new Map<string, ChartSession>();
  private readonly quotes = new Map<string, QuoteSession>();
  private readonly held: string[] = [];
  private work: Promise<void> = Promise.resolve();
  private token: string | null = null;
  private beats = 0;
  private answered = 0;
  private beatAt: number;

  constructor(socket: WebSocket, host: TradingViewHost) {
    this.socket = socket;
    this.host = host;
    this.beatAt = host.exchange.now();
    const at = host.exchange.now();
    const greeting = {
      session_id: '0.1.2_sim',
      timestamp: Math.floor(at / 1000),
      timestampMs: at,
      release: 'exchange-sim',
    };
    socket.send(
      frameOf(
        JSON.stringify({ ...greeting, studies_metadata_hash: '', protocol: 'json', auth_scheme_vsn: 2, via: 'sim' }),
      ),
    );
    socket.on('message', (data) => this.take(String(data)));
    socket.on('error', () => socket.terminate());
  }

  /** Sends what changed and the heartbeat in one message; true when the client is still there. */
  turn(): Promise<boolean> {
    const turned = this.work.then(() => this.round());
    this.work = turned.then(() => undefined);
    return turned;
  }

  private async round(): Promise<boolean> {
    const now = this.host.exchange.now();
    if (this.answered < this.beats && now - this.beatAt >= UNANSWERED_MS) {
      this.socket.terminate();
      return false;
    }
    for (const late of this.held.splice(0)) this.socket.send(late);
    let frames = '';
    // An ended login keeps its socket and its heartbeats, and hears nothing else.
    const isMute = this.token !== null && this.token !== NOBODY && this.host.faults.isTokenDead(now);
    if (!isMute) {
      for (const quote of this.quotes.values()) frames += await quote.changes();
      for (const chart of this.charts.values()) frames += await chart.changes();
    }
    if (now - this.beatAt >= HEARTBEAT_MS && this.answered === this.beats) {
      this.beatAt = now;
      frames += frameOf(`~h~${++this.beats}`);
    }
    if (frames !== '') this.send(frames);
    return true;
  }

  private take(text: string): void {
    const payloads = payloadsOf(text);
    if (payloads === null) return this.refuse('wrong frame');
    for (const payload of payloads)
      this.work = this.work.then(() => this.handle(payload)).catch(() => this.refuse('wrong data'));
  }

  private async handle(payload: string): Promise<void> {
    const beat = /^~h~(\d+)$/.exec(payload);
    if (beat !== null) {
      this.answered = Math.max(this.answered, Number(beat[1]));
      return;
    }
    const { m, p } = Call.parse(JSON.parse(payload));
    if (m !== 'set_auth_token' && this.token === null) return this.refuse('auth token expected');
    const answer = await this.answer(m, p);
    if (answer === null) this.refuse(`unknown method ${m}`);
    else if (answer !== '') this.send(answer);
  }

  /** Frames to answer a call with; null for one that the vendor does not know. */
  private async answer(method: string, params: readonly unknown[]): Promise<string | null> {
    const id = String(params[0]);
    switch (method) {
      case 'set_auth_token':
        return this.login(id);
      case 'set_locale':
      case 'switch_timezone':
      case 'quote_fast_symbols':
      case 'quote_hibernate_all':
        return '';
      case 'chart_create_session':
        this.charts.set(id, new ChartSession(id, { exchange: this.host.exchange, depth: this.depth() }));
        return '';
      case 'chart_delete_session':
        this.charts.delete(id);
        return '';
      case 'quote_create_session':
        this.quotes.set(id, new QuoteSession(id, this.host.exchange));
        return '';
      case 'quote_delete_session':
        this.quotes.delete(id);
        return '';
      default:
        return method.startsWith('quote_') ? this.answerQuote(method, params) : this.answerChart(method, params);
    }
  }

  private async answerQuote(method: string, [id, ...rest]: readonly unknown[]): Promise<string | null> {
    const session = this.quotes.get(String(id));
    if (session === undefined) return this.missing(id);
    const texts = rest.filter((value) => typeof value === 'string');
    switch (method) {
      case 'quote_set_fields':
        session.setFields(texts);
        return '';
      case 'quote_add_symbols':
        return session.add(texts);
      case 'quote_remove_symbols':
        session.remove(texts);
        return '';
      default:
        return null;
    }
  }

  private async answerChart(method: string, [id, ...rest]: readonly unknown[]): Promise<string | null> {
    const session = this.charts.get(String(id));
    if (session === undefined) return this.missing(id);
    switch (method) {
      case 'resolve_symbol':
        return session.resolve(String(rest[0]), String(rest[1]));
      case 'create_series':
      case 'modify_series':
        return session.open(rest);
      case 'remove_series':
        session.remove(String(rest[0]));
        return '';
      case 'request_more_data':
        return session.more(String(rest[0]), Number(rest[1]));
      default:
        return null;
    }
  }

  private missing(id: unknown): string {
    return callOf('critical_error', [id, 'invalid_parameters', 'session does not exist']);
  }

  private login(token: string): string {
    if (token !== NOBODY && !this.host.tokens.has(token)) {
      this.refuse('bad auth token');
      return '';
    }
    this.token = token;
    return '';
  }

  private depth(): number {
    return this.token === NOBODY ? this.host.depth.nobody : this.host.depth.loggedIn;
  }

  private refuse(why: string): void {
    this.socket.send(callOf('protocol_error', [why]));
    this.socket.close();
  }

  private send(text: string): void {
    const { socket } = this;
    switch (this.host.faults.onFrame(this.host.exchange.now())?.fault) {
      case 'drop':
        return socket.terminate();
      case 'close':
        return socket.close(1000);
      case 'silent':
        return undefined;
      case 'late':
        this.held.push(text);
        return undefined;
      case 'truncate':
        return socket.send(text.slice(0, text.length >> 1));
      case 'duplicate':
        socket.send(text);
        return socket.send(text);
      case undefined:
        return socket.send(text);
    }
  }
}

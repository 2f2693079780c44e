import { AppError } from '@sos/domain';
import type { OrderAnswer } from '@sos/engine';
import { z } from 'zod';
import { systemCode } from '../journal/system-code.js';
import { Refusal } from './upstox-wire.js';

/** HTTP as the platform offers it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What the client needs. */
export interface UpstoxHttpOptions {
  readonly fetch: Fetch;
  /** The access token; only ever put into the header. */
  token(): string | null;
  readonly timeoutMs: number;
}

/** One call. */
export interface UpstoxCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly body?: unknown;
}

interface Answer {
  readonly status: number;
  /** Null when the body is no JSON. */
  readonly json: unknown;
  readonly code: string;
  readonly message: string;
}

// Faults before anything was written: the request certainly did not arrive.
const NOT_SENT = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const FINAL = new Set(['UDAPI100040', 'UDAPI100041']);
const WINDOW = new Set(['UDAPI100072', 'UDAPI100074', 'UDAPI1113']);
const IP = new Set(['UDAPI1154', 'UDAPI1221']);
const LOGIN = 'log in again with `sos auth upstox`';
const IP_STEP = 'send from the static address that is registered for the app';

const where = (url: string): string => new URL(url).pathname;

function codeOf(cause: unknown): string {
  const code = systemCode(cause);
  if (code !== '') return code;
  const inner: unknown = typeof cause === 'object' && cause !== null && 'cause' in cause ? cause.cause : undefined;
  return inner === undefined ? '' : codeOf(inner);
}

// The broker's reason as it is kept; its words stay beside it.
function reasonOf(code: string, message: string): string {
  if (code === 'UDAPI10005') return 'rate';
  if (WINDOW.has(code)) return 'window';
  if (code === 'UDAPI1158') return 'order-type';
  if (/circuit|price protection|price band/i.test(message)) return 'price-band';
  if (/margin|funds/i.test(message)) return 'funds';
  if (/freeze/i.test(message)) return 'freeze';
  return /lot/i.test(message) ? 'lot' : 'input';
}

/**
 * Speaks Upstox's HTTP. An order message is sent once: what did not certainly arrive or certainly fail is SOS_OUTCOME_UNKNOWN. No error holds a token or a query.
 */
export class UpstoxHttp {
  readonly #options: UpstoxHttpOptions;

  constructor(options: UpstoxHttpOptions) {
    this.#options = options;
  }

  /** A read: its answer in that shape. @throws SOS_NETWORK, SOS_AUTH, SOS_DATA_CORRUPT */
  async read<T extends z.ZodType>(call: UpstoxCall, shape: T): Promise<z.infer<T>> {
    const answer = await this.#call(call, 'SOS_NETWORK');
    this.#refuseLogin(answer, call);
    if (answer.status >= 400 || answer.json === null)
      throw new AppError(
        'SOS_NETWORK',
        `expected Upstox to answer ${where(call.url)}, found HTTP ${answer.status} ${answer.code} (${answer.message})`,
        { context: { status: answer.status, code: answer.code } },
      );
    const parsed = shape.safeParse(answer.json);
    if (parsed.success) return parsed.data;
    throw new AppError(
      'SOS_DATA_CORRUPT',
      `expected the documented answer of ${where(call.url)}, found: ${z.prettifyError(parsed.error)}`,
    );
  }

  /** An order message. @throws SOS_OUTCOME_UNKNOWN, SOS_NETWORK (not sent), SOS_AUTH */
  async message(call: UpstoxCall, orderIdOf: (json: unknown) => string | null): Promise<OrderAnswer> {
    const answer = await this.#call(call, 'SOS_OUTCOME_UNKNOWN');
    this.#refuseLogin(answer, call);
    if (answer.status < 300) {
      const orderId = orderIdOf(answer.json);
      if (orderId !== null) return { kind: 'done', orderId };
    }
    // A refusal counts only when it is the broker's own: the envelope proves that no gateway in between spoke.
    if (answer.status >= 400 && answer.status < 500 && answer.code !== '') {
      if (FINAL.has(answer.code)) return { kind: 'final' };
      return {
        kind: 'refused',
        reason: reasonOf(answer.code, answer.message),
        detail: `${answer.code} ${answer.message}`,
      };
    }
    throw new AppError(
      'SOS_OUTCOME_UNKNOWN',
      `expected an answer to ${where(call.url)}, found HTTP ${answer.status} that tells nothing`,
    );
  }

  #refuseLogin({ status, code, message }: Answer, call: UpstoxCall): void {
    const isIp = IP.has(code);
    if (!isIp && status !== 401 && (status !== 403 || code === '')) return;
    throw new AppError(
      'SOS_AUTH',
      `expected Upstox to accept ${where(call.url)}, found HTTP ${status} ${code} (${message}); ${isIp ? IP_STEP : LOGIN}`,
      { context: { status, code } },
    );
  }

  async #call({ method, url, body }: UpstoxCall, lost: 'SOS_NETWORK' | 'SOS_OUTCOME_UNKNOWN'): Promise<Answer> {
    const token = this.#options.token();
    if (token === null) throw new AppError('SOS_AUTH', `expected an access token of Upstox, found none; ${LOGIN}`);
    const headers = {
      Authorization: `Bearer ${token}`,
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'User-Agent': 'sos-brokers/1',
    };
    const init: RequestInit = { method, headers, signal: AbortSignal.timeout(this.#options.timeoutMs) };
    if (body !== undefined) init.body = JSON.stringify(body);
    try {
      const response = await this.#options.fetch(url, init);
      return answerOf(response.status, await response.text());
    } catch (cause) {
      const code = codeOf(cause);
      const isUnsent = NOT_SENT.has(code);
      const name = cause instanceof Error ? cause.name : 'fault';
      throw new AppError(
        isUnsent ? 'SOS_NETWORK' : lost,
        `expected an answer of Upstox to ${where(url)}, found ${code === '' ? name : code}`,
      );
    }
  }
}

function answerOf(status: number, text: string): Answer {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { status, json: null, code: '', message: 'no JSON' };
  }
  const first = Refusal.safeParse(json).data?.errors[0];
  return {
    status,
    json,
    code: first?.error_code ?? first?.errorCode ?? '',
    message: (first?.message ?? '').slice(0, 300),
  };
}

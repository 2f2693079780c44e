import { inspect } from 'node:util';

const MASK = '***';
// Names of fields, headers and query parameters whose values are secrets wherever they appear.
const SECRET_FIELDS =
  /(\b(?:access_token|extended_token|refresh_token|client_secret|api_key|apikey|authorization|password|code|requestId)["']?\s*[=:]\s*["']?(?:bearer\s+)?)([^"'&\s,;}]+)/gi;
const BEARER = /(bearer\s+)[\w.~+/=-]+/gi;
const JWT = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/** A token or key that shows itself only when asked: printing, logging and JSON give `***`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself; only for the header or form field that carries it. */
  reveal(): string {
    return this.#value;
  }

  /** Always `***`. */
  toString(): string {
    return MASK;
  }

  /** Always `***`. */
  toJSON(): string {
    return MASK;
  }

  /** Always `***`. */
  [inspect.custom](): string {
    return MASK;
  }
}

/** A text that may be printed: given secrets, bearer tokens, JSON web tokens and values of secret fields become `***`. */
export function redact(text: string, secrets: Iterable<Secret> = []): string {
  let safe = text;
  for (const secret of secrets) if (secret.reveal() !== '') safe = safe.replaceAll(secret.reveal(), MASK);
  return safe.replace(JWT, MASK).replace(BEARER, `$1${MASK}`).replace(SECRET_FIELDS, `$1${MASK}`);
}

/** The address of a call as it may be printed: without its query and without user name and password. */
export function printableUrl(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return redact(`${protocol}//${host}${decodeURIComponent(pathname)}`);
  } catch {
    return 'an address that cannot be read';
  }
}

/** The cause of a failure without its secrets: errors of sockets and HTTP clients carry whole addresses. */
export function printableCause(cause: unknown, secrets: Iterable<Secret> = []): Error {
  const { name, message } = cause instanceof Error ? cause : { name: 'Error', message: String(cause) };
  const inner = cause instanceof Error && cause.cause instanceof Error ? ` (${cause.cause.message})` : '';
  const safe = new Error(redact(`${message}${inner}`, secrets));
  safe.name = name;
  return safe;
}

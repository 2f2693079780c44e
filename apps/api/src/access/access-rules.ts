import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '@sos/domain';
import { tokenOf, type ApiToken } from './api-tokens.js';

/** Who is let in. */
export interface AccessRules {
  /** Names under which the server may be asked besides those of this machine, with their port. */
  readonly hosts: readonly string[];
  /** Null: the server is bound to this machine and its users are let in as they are. */
  readonly tokens: readonly ApiToken[] | null;
}

/** This machine's users, no token: the rule of a server on 127.0.0.1. */
export const LOCAL_ACCESS: AccessRules = { hosts: [], tokens: null };

/** The subprotocol a client of the stream may ask for, so that it can send its token beside it. */
export const STREAM_PROTOCOL = 'sos.stream';
const TOKEN_PROTOCOL = 'sos.token.';
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** What a client showed of itself. */
export interface Asking {
  readonly headers: Pick<IncomingHttpHeaders, 'host' | 'origin' | 'authorization' | 'sec-fetch-site'> & {
    readonly 'sec-websocket-protocol'?: string | undefined;
  };
}

// A page of another site may reach this port from the user's browser: DNS rebinding shows as a foreign Host, cross-site use as a foreign Origin.
function isOwnSite({ hosts }: AccessRules, { headers }: Asking): boolean {
  const { host, origin } = headers;
  if (host === undefined || !(LOCAL_HOST.test(host) || hosts.includes(host.toLowerCase()))) return false;
  if (headers['sec-fetch-site'] === 'cross-site') return false;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

/** The token a client presents: as bearer, or as a subprotocol, which is where a browser can put it. An address never carries one. */
function presented({ headers }: Asking): string | null {
  const bearer = /^Bearer ([\w-]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((text) => text.trim());
  return protocols.find((text) => text.startsWith(TOKEN_PROTOCOL))?.slice(TOKEN_PROTOCOL.length) ?? null;
}

/** @throws SOS_AUTH when it comes from another site */
export function requireOwnSite(rules: AccessRules, asking: Asking): void {
  if (!isOwnSite(rules, asking))
    throw new AppError(
      'SOS_AUTH',
      'expected a request to an address of this server by its own pages, found another host or origin',
    );
}

/** Who asks: `local`, or the id of a token. @throws SOS_AUTH where a token is needed and none that is known was sent */
export function whoAsks(rules: AccessRules, asking: Asking): string {
  if (rules.tokens === null) return 'local';
  const token = tokenOf(rules.tokens, presented(asking));
  if (token !== null) return `token ${token.id}`;
  throw new AppError('SOS_AUTH', 'expected a token of this server (Authorization: Bearer), found none that it knows', {
    context: { remedy: 'Make one on the server with `sos auth token`.' },
  });
}

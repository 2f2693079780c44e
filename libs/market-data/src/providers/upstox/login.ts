import { createServer, type Server } from 'node:http';
import { AppError } from '@sos/domain';
import { z } from 'zod';
import { VendorClient } from '../http/vendor-client.js';
import { nodeRuntime, type ProviderRuntime } from '../runtime.js';
import { Secret } from '../secret.js';
import { upstoxRefusal } from './refusal.js';
import { UPSTOX_CAPABILITIES, UPSTOX_HOSTS, UPSTOX_RETRY, USER_AGENT, type UpstoxHosts } from './upstox-config.js';
import { TokenAnswer } from './upstox-schema.js';

/** The app that the user registered with Upstox. */
export interface UpstoxApp {
  readonly apiKey: string;
  readonly apiSecret: Secret;
  /** Equal to the app's registered redirect address, letter by letter. */
  readonly redirectUri: string;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The page at which the user allows the app; `state` is a random text that must come back with the code. */
export function upstoxLoginUrl(app: UpstoxApp, state: string, hosts: UpstoxHosts = UPSTOX_HOSTS): string {
  const url = new URL('/v2/login/authorization/dialog', hosts.api);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', app.apiKey);
  url.searchParams.set('redirect_uri', app.redirectUri);
  url.searchParams.set('state', state);
  return url.href;
}

/**
 * The login code in what the user pasted: the whole address to which the browser was sent, or the bare code.
 * @throws SOS_AUTH when the address carries another state or no code: it is not the answer to this login
 */
export function loginCodeOf(pasted: string, state: string): Secret {
  const text = pasted.trim();
  if (/^[\w-]+$/.test(text)) return new Secret(text);
  const query = URL.canParse(text) ? new URL(text).searchParams : new URLSearchParams();
  const code = query.get('code') ?? '';
  if (query.get('state') !== state || code === '')
    throw new AppError(
      'SOS_AUTH',
      `expected the answer to this login (its state and a code), found ${code === '' ? 'no code' : 'another state'}; begin the login again`,
    );
  return new Secret(code);
}

/** Spends a login code for an access token. The code works once, so that a failed call is not repeated. @throws SOS_AUTH, SOS_NETWORK */
export async function exchangeUpstoxCode(
  app: UpstoxApp,
  code: Secret,
  { runtime = nodeRuntime, hosts = UPSTOX_HOSTS }: { runtime?: ProviderRuntime; hosts?: UpstoxHosts } = {},
): Promise<Secret> {
  const http = new VendorClient({
    vendor: 'upstox',
    runtime,
    rateLimits: UPSTOX_CAPABILITIES.rateLimits,
    retry: UPSTOX_RETRY,
    secrets: () => [app.apiSecret, code],
    refusal: upstoxRefusal,
  });
  const body = new URLSearchParams({
    code: code.reveal(),
    client_id: app.apiKey,
    client_secret: app.apiSecret.reveal(),
    redirect_uri: app.redirectUri,
    grant_type: 'authorization_code',
  }).toString();
  const headers = {
    Accept: 'application/json',
    'Content-Type': 'application/x-www-form-urlencoded',
    'User-Agent': USER_AGENT,
  };
  const url = new URL('/v2/login/authorization/token', hosts.api).href;
  return http.call({ api: 'login', url, method: 'POST', headers, body, repeatable: false }, async (response) => {
    const answer = TokenAnswer.safeParse(await response.json());
    if (answer.success) return new Secret(answer.data.access_token);
    throw new AppError('SOS_DATA_CORRUPT', `expected an access token, found: ${z.prettifyError(answer.error)}`);
  });
}

/** A server on this machine that waits for the browser to come back from the login. */
export interface LoginCallback {
  /** The code, once the browser brought it with the right state. */
  readonly code: Promise<Secret>;
  /** Stops waiting for the browser. */
  close(): void;
}

const page = (text: string): string => `<!doctype html><meta charset="utf-8"><title>SOS</title><p>${text}</p>`;

function listen(server: Server, url: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new AppError('SOS_CONFIG', `expected port ${url.port} of the redirect address to be free, found it in use`, {
          cause,
        }),
      ),
    );
    server.listen(Number(url.port), url.hostname.replace(/^\[|\]$/g, ''), resolve);
  });
}

/**
 * Listens at the app's redirect address, on this machine only. Requests with another path or state are answered with an error and change nothing.
 * @throws SOS_CONFIG when the address is not `http` on this machine with a port, or the port is in use; paste the code instead
 */
export async function awaitUpstoxLogin(app: UpstoxApp, state: string): Promise<LoginCallback> {
  const expected = new URL(app.redirectUri);
  if (expected.protocol !== 'http:' || !LOOPBACK.has(expected.hostname) || expected.port === '')
    throw new AppError(
      'SOS_CONFIG',
      `expected a redirect address like http://127.0.0.1:8641/upstox to listen at, found "${app.redirectUri}"; paste the code instead`,
    );
  let found: (code: Secret) => void = () => undefined;
  const code = new Promise<Secret>((resolve) => {
    found = resolve;
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', expected);
    const value = url.searchParams.get('code') ?? '';
    const isOurs = url.pathname === expected.pathname && url.searchParams.get('state') === state && value !== '';
    response.writeHead(isOurs ? 200 : 400, { 'Content-Type': 'text/html', Connection: 'close' });
    response.end(
      page(isOurs ? 'Logged in. You can close this page.' : 'This is not the answer to the login that waits.'),
    );
    if (isOurs) found(new Secret(value));
  });
  await listen(server, expected);
  return { code, close: () => server.close() };
}

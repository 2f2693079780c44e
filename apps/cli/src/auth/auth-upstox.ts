import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, formatIst, isAppError } from '@sos/domain';
import {
  awaitUpstoxLogin,
  exchangeUpstoxCode,
  loginCodeOf,
  nodeRuntime,
  readTokenFile,
  saveTokenFile,
  Secret,
  tokenExpiry,
  upstoxLoginUrl,
  type LoginCallback,
  type UpstoxApp,
  type UpstoxHosts,
} from '@sos/market-data';
import type { CommandContext } from '../commands/command-context.js';
import { loadConfig } from '../config/load-config.js';
import { findSecret, secretFile } from '../config/secrets.js';
import { ensureDataFolder } from '../settings/data-folder.js';

/** Options of `sos auth upstox` as given. */
export interface AuthOptions {
  readonly code?: string;
  readonly timeout: string;
}

interface Login {
  readonly app: UpstoxApp;
  readonly hosts: UpstoxHosts;
}

const MS = 1_000;
const STATE_BYTES = 16;

function missing(what: string, remedy: string): AppError {
  return new AppError('SOS_CONFIG', `expected ${what}, found none`, { context: { remedy } });
}

async function loginOf(context: CommandContext): Promise<Login> {
  const { apiKey, redirectUri, api, assets } = loadConfig(context.io).settings.providers.upstox;
  if (apiKey === null)
    throw missing(
      'the API key of your Upstox app',
      'Set providers.upstox.apiKey in sos.config.json or SOS_UPSTOX_API_KEY.',
    );
  const secret = await findSecret(context, 'upstox-api-secret');
  if (secret === null)
    throw missing(
      'the API secret of your Upstox app',
      `Set SOS_UPSTOX_API_SECRET, or put it into ${secretFile(context, 'upstox-api-secret')} with mode 600.`,
    );
  return { app: { apiKey, apiSecret: secret.secret, redirectUri }, hosts: { api, assets } };
}

/** The state of a login that was begun: an address pasted later must carry it. */
const stateFile = (context: CommandContext): string =>
  path.join(context.settings.dataDir, 'secrets', 'upstox-login-state');

async function pastedCode(context: CommandContext, pasted: string): Promise<Secret> {
  const state = await readTokenFile(stateFile(context));
  return loginCodeOf(pasted, state?.reveal() ?? randomBytes(STATE_BYTES).toString('hex'));
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new AppError('SOS_INPUT', `expected --timeout to be seconds above 0, found "${text}"`);
}

async function listen({ app }: Login, state: string): Promise<LoginCallback | null> {
  try {
    return await awaitUpstoxLogin(app, state);
  } catch (error) {
    // A redirect address elsewhere, or a taken port: the code can still be pasted.
    if (isAppError(error) && error.code === 'SOS_CONFIG') return null;
    throw error;
  }
}

/** The code that the browser brings back, or null where nothing can be waited for. @throws SOS_AUTH when it does not come in time */
async function codeOfBrowser(context: CommandContext, login: Login, timeout: number): Promise<Secret | null> {
  const state = randomBytes(STATE_BYTES).toString('hex');
  await saveTokenFile(stateFile(context), new Secret(state));
  const callback = await listen(login, state);
  context.print('Open this address in a browser and log in:');
  context.print(upstoxLoginUrl(login.app, state, login.hosts));
  const paste = "sos auth upstox --code '<address>'";
  if (callback === null) {
    context.print(`Then copy the address to which the browser is sent and run: ${paste}`);
    return null;
  }
  context.note(`waiting for the browser at ${login.app.redirectUri} for ${timeout} s`);
  const ended = new AbortController();
  try {
    const late = delay(timeout * MS, null, { signal: ended.signal }).catch(() => null);
    const code = await Promise.race([callback.code, late]);
    if (code !== null) return code;
    throw new AppError('SOS_AUTH', `expected the browser to come back within ${timeout} s, found nothing`, {
      context: { remedy: `Run it again, or paste the address: ${paste}` },
    });
  } finally {
    ended.abort();
    callback.close();
  }
}

/** `sos auth upstox`: login in the browser, the code spent for a token, the token in a file that only its owner can read. */
export async function authUpstox(context: CommandContext, options: AuthOptions): Promise<void> {
  const timeout = secondsOf(options.timeout);
  const login = await loginOf(context);
  await ensureDataFolder(context.settings.dataDir);
  const code =
    options.code === undefined ? await codeOfBrowser(context, login, timeout) : await pastedCode(context, options.code);
  if (code === null) return;
  const runtime = { ...nodeRuntime, now: () => context.io.now() };
  const token = await exchangeUpstoxCode(login.app, code, { runtime, hosts: login.hosts });
  const file = secretFile(context, 'upstox-token');
  await saveTokenFile(file, token);
  await rm(stateFile(context), { force: true });
  const end = tokenExpiry(token);
  context.print(`Logged in to Upstox${end === null ? '' : ` until ${formatIst(end)} IST`}; token kept in ${file}`);
}

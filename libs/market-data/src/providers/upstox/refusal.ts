import { AppError } from '@sos/domain';
import { redact } from '../secret.js';
import { Failure } from './upstox-schema.js';

const LOGIN = 'log in again with `sos auth upstox`';
const PLAN = 'historical data of expired contracts need the Upstox Plus plan';
const WINDOW = 'this service is closed between 00:00 and 05:30 IST: ask again later';
const PERMISSION = 'use a token of the app whose registered IP address this is, or `sos auth upstox`';

// What the user does next, by the vendor's code.
const NEXT_STEP: Readonly<Record<string, string>> = {
  UDAPI100050: LOGIN,
  UDAPI100016: 'check the API key and secret of the app',
  UDAPI100067: `an extended token cannot do this: ${LOGIN}`,
  UDAPI100068: 'make the redirect address in the settings equal to that of the app, letter by letter',
  UDAPI100069: 'a login code can be spent once only: begin the login again',
  UDAPI100073: 'the app is inactive: see account.upstox.com/developer/apps',
  UDAPI1149: PLAN,
  UDAPI1154: PERMISSION,
  UDAPI1221: PERMISSION,
  UDAPI100072: WINDOW,
};

function codeAndMessage(body: string): { code: string; message: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { code: '', message: 'no message' };
  }
  const first = Failure.safeParse(parsed).data?.errors[0];
  return { code: first?.error_code ?? first?.errorCode ?? '', message: first?.message ?? 'no message' };
}

/** A refusal of Upstox as an error: authentication, closed service, or an input that it does not accept, each with what to do next. */
export function upstoxRefusal(status: number, body: string, where: string): AppError {
  const { code, message } = codeAndMessage(body);
  const isAuth = status === 401 || status === 403 || code === 'UDAPI100016' || code === 'UDAPI100069';
  const next = NEXT_STEP[code] ?? (isAuth ? LOGIN : 'correct the request');
  const found = `HTTP ${status} ${code === '' ? '' : `${code} `}(${redact(message).slice(0, 200)})`;
  return new AppError(
    isAuth ? 'SOS_AUTH' : status === 423 ? 'SOS_NETWORK' : 'SOS_INPUT',
    `expected Upstox to answer ${where}, found ${found}; ${next}`,
    { context: { vendor: 'upstox', status, code, url: where } },
  );
}

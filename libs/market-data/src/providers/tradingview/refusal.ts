import { AppError, type ErrorCode } from '@sos/domain';
import { redact, type Secret } from '../secret.js';

const LOGIN = 'log in at tradingview.com and give its auth token again, or go without one';
const LATER = 'ask again later';

// What the vendor says when the login or the plan is at fault.
const ABOUT_LOGIN = /auth|permission|denied|login|not.?allowed|study_not/i;

interface Verdict {
  readonly code: ErrorCode;
  readonly next: string;
}

function verdictOf(method: string, reason: string): Verdict {
  if (ABOUT_LOGIN.test(reason)) return { code: 'SOS_AUTH', next: LOGIN };
  switch (method) {
    case 'symbol_error':
      return {
        code: 'SOS_UNKNOWN_SYMBOL',
        next: 'check that the contract is listed today: TradingView drops expired ones',
      };
    case 'series_error':
      return { code: 'SOS_INPUT', next: 'ask for fewer days, or for a contract that has one-minute bars' };
    case 'protocol_error':
      return { code: 'SOS_DATA_CORRUPT', next: 'its protocol has changed: update SOS' };
    default:
      return { code: 'SOS_NETWORK', next: LATER };
  }
}

/** The words in which TradingView refuses. */
export const REFUSALS: ReadonlySet<string> = new Set([
  'symbol_error',
  'series_error',
  'critical_error',
  'protocol_error',
]);

/** A refusal of TradingView as an error: an unknown symbol, a login or plan that does not do, a fault that may pass, each with what to do next. */
export function tradingViewRefusal(
  method: string,
  params: readonly unknown[],
  secrets: Iterable<Secret> = [],
): AppError {
  // The first parameter is the session; a protocol error has none.
  const words = (method === 'protocol_error' ? params : params.slice(1)).filter((word) => typeof word === 'string');
  const reason = redact(words.join(': '), secrets).slice(0, 200);
  const { code, next } = verdictOf(method, reason);
  return new AppError(code, `expected TradingView to answer, found ${method} (${reason}); ${next}`, {
    context: { vendor: 'tradingview', method, reason },
  });
}

/** A handshake that was refused, as an error. */
export function handshakeRefusal(reason: string, status: number): AppError {
  const isLogin = status === 401 || status === 403;
  return new AppError(
    isLogin ? 'SOS_AUTH' : 'SOS_NETWORK',
    `expected TradingView to keep the connection, found: ${reason}; ${isLogin ? LOGIN : LATER}`,
    { context: { vendor: 'tradingview', status } },
  );
}

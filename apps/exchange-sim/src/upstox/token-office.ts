import { addDays, istDateOf, istInstant, type EpochMs } from '@sos/domain';
import type { FaultMenu } from '../faults.js';
import type { SimClock } from '../sim-clock.js';

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** 03:30 IST that comes next: when every Upstox token ends. */
export function nextTokenEnd(now: EpochMs): EpochMs {
  const today = istInstant(istDateOf(now), '03:30');
  return now < today ? today : istInstant(addDays(istDateOf(now), 1), '03:30');
}

/** Issues and checks the codes and tokens of the stand-in. */
export class TokenOffice {
  private readonly clock: SimClock;
  private readonly faults: FaultMenu;
  private readonly loginCodes = new Map<string, string>();
  private readonly feedCodes = new Set<string>();
  private readonly tokens = new Map<string, EpochMs>();
  private issued = 0;

  constructor(clock: SimClock, faults: FaultMenu, standing: readonly string[]) {
    this.clock = clock;
    this.faults = faults;
    for (const token of standing) this.tokens.set(token, Number.POSITIVE_INFINITY as EpochMs);
  }

  loginCode(redirectUri: string): string {
    const code = `code${++this.issued}`;
    this.loginCodes.set(code, redirectUri);
    return code;
  }

  /** A token for a code, which is spent by the try; null for a code that is unknown, spent, or of another redirect address. */
  exchange(code: string, redirectUri: string): string | null {
    const expected = this.loginCodes.get(code);
    this.loginCodes.delete(code);
    if (expected === undefined || expected !== redirectUri) return null;
    const now = this.clock.now();
    const exp = nextTokenEnd(now);
    const claims = {
      sub: 'SIMULATED',
      isMultiClient: false,
      isPlusPlan: true,
      iss: 'exchange-sim',
      jti: ++this.issued,
    };
    const token = `${base64({ typ: 'JWT', alg: 'none' })}.${base64({ ...claims, iat: Math.floor(now / 1000), exp: exp / 1000 })}.simulated`;
    this.tokens.set(token, exp);
    return token;
  }

  /** True for `Bearer <token>` of a token that is alive. */
  admits(authorization: string | undefined): boolean {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    const end = token === undefined ? undefined : this.tokens.get(token);
    return end !== undefined && this.clock.now() < end && !this.faults.isTokenDead(this.clock.now());
  }

  revoke(authorization: string | undefined): void {
    this.tokens.delete((authorization ?? '').replace(/^Bearer /, ''));
  }

  feedCode(): string {
    const code = `feed${++this.issued}`;
    this.feedCodes.add(code);
    return code;
  }

  /** True once for each feed code. */
  spendFeedCode(code: string): boolean {
    return this.feedCodes.delete(code);
  }
}

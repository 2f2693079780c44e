import { AppError, formatIstClock, type EpochMs } from '@sos/domain';
import { z } from 'zod';
import { RandomStream } from './random-stream.js';

const clock = z.string().regex(/^\d{2}:\d{2}$/, 'expected HH:MM');
const when = {
  /** Hours of the simulated day, `HH:MM` IST; from inclusive, to exclusive. */
  from: clock.default('00:00'),
  to: clock.default('24:00'),
  /** Chance that a request or frame is hit. */
  probability: z.number().min(0).max(1).default(1),
  /** How often at most. */
  times: z.number().int().positive().default(Number.MAX_SAFE_INTEGER),
};
const onRequests = { ...when, /** Only paths that contain this text. */ path: z.string().default('') };

const RestFault = z.discriminatedUnion('fault', [
  z.strictObject({
    fault: z.literal('status'),
    status: z.number().int().min(400).max(599),
    retryAfterSeconds: z.number().positive().optional(),
    ...onRequests,
  }),
  z.strictObject({ fault: z.literal('drop'), ...onRequests }),
  z.strictObject({ fault: z.literal('truncate'), ...onRequests }),
  z.strictObject({ fault: z.literal('delay'), ms: z.number().positive(), ...onRequests }),
]);
const FeedFault = z.strictObject({
  fault: z.enum(['drop', 'close', 'silent', 'duplicate', 'late', 'truncate', 'wrong-clock']),
  /** How far the vendor's clock is off in a `wrong-clock` frame. */
  ms: z.number().int().default(3_600_000),
  ...when,
});

/** The faults of one run of the stand-in. */
export const FaultScript = z.strictObject({
  seed: z.number().int().default(1),
  rest: z.array(RestFault).default([]),
  feed: z.array(FeedFault).default([]),
  /** Clock time, `HH:MM` IST, from which every token is dead and open feeds are mute. */
  tokenDeathAt: clock.optional(),
});

export type FaultScriptInput = z.input<typeof FaultScript>;
export type RestFault = z.output<typeof RestFault>;
export type FeedFault = z.output<typeof FeedFault>;

/** Decides, by script and seed, which request and which frame is hit by what. */
export class FaultMenu {
  private readonly script: z.output<typeof FaultScript>;
  private readonly random: RandomStream;
  private readonly used = new Map<object, number>();

  /** @throws SOS_INPUT for a script of another form */
  constructor(script: FaultScriptInput) {
    const parsed = FaultScript.safeParse(script);
    if (!parsed.success)
      throw new AppError('SOS_INPUT', `expected a fault script, found: ${z.prettifyError(parsed.error)}`);
    this.script = parsed.data;
    this.random = new RandomStream(this.script.seed);
  }

  /** How often faults struck so far. */
  get struck(): number {
    return [...this.used.values()].reduce((sum, n) => sum + n, 0);
  }

  onRequest(path: string, now: EpochMs): RestFault | null {
    return this.first(this.script.rest, now, (rule) => path.includes(rule.path));
  }

  onFrame(now: EpochMs): FeedFault | null {
    return this.first(this.script.feed, now, () => true);
  }

  isTokenDead(now: EpochMs): boolean {
    const { tokenDeathAt } = this.script;
    return tokenDeathAt !== undefined && formatIstClock(now) >= tokenDeathAt;
  }

  private first<R extends RestFault | FeedFault>(
    rules: readonly R[],
    now: EpochMs,
    concerns: (rule: R) => boolean,
  ): R | null {
    const at = formatIstClock(now);
    for (const rule of rules) {
      const used = this.used.get(rule) ?? 0;
      if (!concerns(rule) || at < rule.from || at >= rule.to || used >= rule.times) continue;
      if (this.random.next() >= rule.probability) continue;
      this.used.set(rule, used + 1);
      return rule;
    }
    return null;
  }
}

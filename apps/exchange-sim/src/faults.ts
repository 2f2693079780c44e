import { AppError, MS_PER_MINUTE, formatIstClock, istDateOf, istInstant, type EpochMs } from '@sos/domain';
import { z } from 'zod';
import {
  FaultScript,
  type FaultScriptInput,
  type FeedFault,
  type MarketFault,
  type OrderFault,
  type RestFault,
  type UpdateFault,
} from './fault-script.js';
import { RandomStream } from './random-stream.js';

interface Rule {
  readonly from: string;
  readonly to: string;
  readonly probability: number;
  readonly times: number;
}

/** Decides, by script and seed, which request, frame, update, order and quote is hit by what. */
export class FaultMenu {
  private readonly script: z.output<typeof FaultScript>;
  private readonly random: RandomStream;
  private readonly used = new Map<object, number>();
  private readonly minutes = new Map<object, Set<string>>();

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

  /** @param method of the request; left out, rules for any method apply */
  onRequest(path: string, now: EpochMs, method = ''): RestFault | null {
    return this.first(this.script.rest, now, (rule) => path.includes(rule.path) && method.startsWith(rule.method));
  }

  onFrame(now: EpochMs): FeedFault | null {
    return this.first(this.script.feed, now, () => true);
  }

  /** What befalls one update to one client. */
  onUpdate(now: EpochMs): UpdateFault | null {
    return this.first(this.script.updates, now, () => true);
  }

  /** What befalls an order, among the faults that can befall it. */
  onOrder(kinds: readonly OrderFault['fault'][], now: EpochMs): OrderFault | null {
    return this.first(this.script.orders, now, (rule) => kinds.includes(rule.fault));
  }

  /** What is wrong with a contract's quotes now; the same for everyone who looks within the minute. */
  onQuote(contractId: string, now: EpochMs): Exclude<MarketFault, { fault: 'halt' }>[] {
    const found: Exclude<MarketFault, { fault: 'halt' }>[] = [];
    for (const rule of this.script.market)
      if (rule.fault !== 'halt' && contractId.includes(rule.contract) && this.hitsMinute(rule, contractId, now))
        found.push(rule);
    return found;
  }

  /** When the halt that now lasts began, null while trading goes on. */
  haltedSince(now: EpochMs): EpochMs | null {
    const at = formatIstClock(now);
    const halt = this.script.market.find((rule) => rule.fault === 'halt' && at >= rule.from && at < rule.to);
    if (halt === undefined) return null;
    if (!this.used.has(halt)) this.used.set(halt, 1);
    return istInstant(istDateOf(now), halt.from);
  }

  /** How far the vendor's clock is off now, in milliseconds. */
  skewAt(now: EpochMs): number {
    const skew = this.script.clockSkew;
    const at = formatIstClock(now);
    if (skew === undefined || at < skew.from || at >= skew.to) return 0;
    if (!this.used.has(skew)) this.used.set(skew, 1);
    return skew.ms;
  }

  isTokenDead(now: EpochMs): boolean {
    const { tokenDeathAt } = this.script;
    return tokenDeathAt !== undefined && formatIstClock(now) >= tokenDeathAt;
  }

  private hitsMinute(rule: Rule, contractId: string, now: EpochMs): boolean {
    const at = formatIstClock(now);
    if (at < rule.from || at >= rule.to) return false;
    const minute = `${contractId} ${Math.floor(now / MS_PER_MINUTE)}`;
    const hit = this.minutes.get(rule) ?? new Set<string>();
    this.minutes.set(rule, hit);
    if (hit.has(minute)) return true;
    if (hit.size >= rule.times) return false;
    if (rule.probability < 1 && new RandomStream(seedOf(minute, this.script.seed)).next() >= rule.probability)
      return false;
    hit.add(minute);
    this.used.set(rule, hit.size);
    return true;
  }

  private first<R extends Rule>(rules: readonly R[], now: EpochMs, concerns: (rule: R) => boolean): R | null {
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

function seedOf(text: string, seed: number): number {
  let hash = seed | 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

import { istDateOf, type EpochMs } from '@sos/domain';
import { z } from 'zod';
import { UpstoxError } from './upstox-error.js';

const SEGMENTS = ['NSE_EQ', 'BSE_EQ', 'NSE_FO', 'BSE_FO', 'NCD_FO', 'BCD_FO', 'MCX_FO', 'NSE_COM'] as const;
type Segment = (typeof SEGMENTS)[number];
const LOCK_MS = 12 * 3_600_000;
const Request = z.array(z.object({ segment: z.string(), action: z.string() })).min(1);

/** What the switch needs to know of a segment before it is switched off. */
export interface KillSwitchOptions {
  readonly now: () => EpochMs;
  readonly reading: KillSwitchReading;
  readonly hasPositions: (segment: string) => boolean;
  readonly cancelOrders: (segment: string) => void;
}

/**
 * What the action of a request acts on; the vendor's papers can be read both ways. `segment`: DISABLE bars trading, as the vendor's client
 * says ("enable or disable specific trading segments"); `switch`: ENABLE does.
 */
export type KillSwitchReading = 'segment' | 'switch';

/** The vendor's kill switch per segment. It refuses while positions are open, cancels what is pending, and stays for 12 hours. */
export class KillSwitch {
  private readonly options: KillSwitchOptions;
  private barred = 0;
  private readonly off = new Map<Segment, EpochMs>();

  constructor(options: KillSwitchOptions) {
    this.options = options;
  }

  rows(): object[] {
    return SEGMENTS.map((segment) => this.row(segment));
  }

  /** How often a segment was barred so far. */
  get strikes(): number {
    return this.barred;
  }

  isOff(segment: string): boolean {
    return this.off.has(segment as Segment);
  }

  /** Carries out a request and returns the segments that it named. @throws UpstoxError */
  update(body: unknown): object[] {
    const parsed = Request.safeParse(body);
    if (!parsed.success) throw new UpstoxError(400, 'UDAPI100036', 'Invalid Input');
    return parsed.data.map(({ segment, action }) => {
      const known = SEGMENTS.find((name) => name === segment);
      if (known === undefined) throw new UpstoxError(400, 'UDAPI1186', `Segment ${segment} is invalid`);
      if (action !== 'DISABLE' && action !== 'ENABLE')
        throw new UpstoxError(400, 'UDAPI1188', `Action ${action} is invalid`);
      const bars = this.options.reading === 'segment' ? 'DISABLE' : 'ENABLE';
      if (action === bars) this.bar(known);
      else this.release(known);
      return this.row(known);
    });
  }

  private bar(segment: Segment): void {
    if (this.options.hasPositions(segment))
      throw new UpstoxError(400, 'UDAPI1184', `Open positions in ${segment}: close them first`);
    if (this.off.has(segment)) return;
    this.options.cancelOrders(segment);
    this.barred++;
    this.off.set(segment, this.options.now());
  }

  private release(segment: Segment): void {
    const since = this.off.get(segment);
    if (since !== undefined && this.options.now() - since < LOCK_MS)
      throw new UpstoxError(
        400,
        'UDAPI1185',
        `${segment} was switched off on ${istDateOf(since)}: locked for 12 hours`,
      );
    this.off.delete(segment);
  }

  private row(segment: Segment): object {
    const isOff = this.off.has(segment);
    return { segment, segment_status: isOff ? 'INACTIVE' : 'ACTIVE', kill_switch_enabled: isOff };
  }
}

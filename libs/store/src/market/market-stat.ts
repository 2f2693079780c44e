import type { EpochMs, Underlying } from '@sos/domain';

/** What is known of an underlying at one moment; null = unknown. PCR and totals are over the strikes that `band` names; PCR velocity is per minute. A vendor that does not name its strikes has the band `vendor`. */
export interface MarketStat {
  readonly underlying: Underlying;
  readonly band: string;
  readonly eventTime: EpochMs;
  readonly availableAt: EpochMs;
  readonly pcr: number | null;
  readonly pcrVelocity: number | null;
  readonly callOpenInterest: number | null;
  readonly putOpenInterest: number | null;
  readonly wallAbove: number | null;
  readonly wallBelow: number | null;
  readonly maxPain: number | null;
  readonly advances: number | null;
  readonly declines: number | null;
  /** Rupees, as printed with the figures. */
  readonly spot: number | null;
}

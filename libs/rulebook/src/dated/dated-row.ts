import type { IstDate } from '@sos/domain';

/** How sure a rule is: high = two independent sources or real files, medium = one good source, low = memory or inference. */
export type Confidence = 'high' | 'medium' | 'low';

/** Where a rule comes from. */
export interface Provenance {
  readonly confidence: Confidence;
  readonly source: string;
  readonly note?: string | undefined;
}

/** One rule in force from `from` to `to` (both inclusive; null = until further notice). */
export interface DatedRow<Value> extends Provenance {
  readonly from: IstDate;
  readonly to: IstDate | null;
  readonly value: Value;
}

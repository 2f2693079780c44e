import { REGIMES } from '@sos/domain';

/** What the chain says of the index as one buildup word; the order is the value's number inside the machine. */
export const SMART_TRENDS = ['LONG_BUILDUP', 'SHORT_COVERING', 'NEUTRAL', 'LONG_UNWINDING', 'SHORT_BUILDUP'] as const;

export type SmartTrend = (typeof SMART_TRENDS)[number];

/** What the delta volume of the strikes around the money says. */
export const DELTA_SIGNALS = ['BULLISH', 'NONE', 'BEARISH'] as const;

export type DeltaSignal = (typeof DELTA_SIGNALS)[number];

/** Named sets of labels that a variable can hold; at most 31 labels each, because membership is one bit test. */
export const LABEL_SETS = { regime: REGIMES, smartTrend: SMART_TRENDS, deltaSignal: DELTA_SIGNALS } as const;

export type LabelSet = keyof typeof LABEL_SETS;

/** The number that stands for a label inside the machine, or -1 when the set has no such label. */
export function labelNumber(set: LabelSet, label: string): number {
  return (LABEL_SETS[set] as readonly string[]).indexOf(label);
}

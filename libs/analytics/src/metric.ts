/**
 * A figure of a report: a number, or the reason why there is none. An undefined figure is never 0, infinite or 10.
 */
export type Metric =
  { readonly value: number; readonly reason: null } | { readonly value: null; readonly reason: string };

/** A known figure; one that is not finite becomes unknown with `reason`. */
export function metricOf(value: number, reason = 'the result is not a finite number'): Metric {
  return Number.isFinite(value) ? { value, reason: null } : { value: null, reason };
}

/** A figure that does not exist, and why. */
export function noMetric(reason: string): Metric {
  return { value: null, reason };
}

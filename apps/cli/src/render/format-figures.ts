import { formatPaise, paise, type SeriesSource } from '@sos/domain';
import { sourceLabel, type Interval, type Metric } from '@sos/analytics';

/** What is printed for a figure that does not exist. */
export const UNKNOWN = '–';

/** Whole paise as rupees in Indian grouping; a fraction of a paisa (a mean) is rounded for display only. */
export function formatMoney(amountPaise: number): string {
  return formatPaise(paise(Math.round(amountPaise)));
}

/** A money figure, or a dash. */
export function formatMoneyMetric(metric: Metric): string {
  return metric.value === null ? UNKNOWN : formatMoney(metric.value);
}

/** A ratio with two decimals, or a dash. */
export function formatRatio(metric: Metric): string {
  return metric.value === null ? UNKNOWN : metric.value.toFixed(2);
}

/** Points of premium with two decimals, or a dash. */
export const formatPoints = formatRatio;

/** A whole number, or a dash. */
export function formatWhole(metric: Metric): string {
  return metric.value === null ? UNKNOWN : metric.value.toFixed(0);
}

/** A fraction as percent with one decimal, or a dash. */
export function formatShare(metric: Metric): string {
  return metric.value === null ? UNKNOWN : `${(metric.value * 100).toFixed(1)} %`;
}

/** An interval of fractions as `12–34 %`; empty when there is none. */
export function formatShareInterval(interval: Interval | null): string {
  return interval === null ? '' : `${(interval.low * 100).toFixed(0)}–${(interval.high * 100).toFixed(0)} %`;
}

/** How a source is written beside a number: `SIMULATED` and `MODELLED` in capitals. */
export function sourceWord(source: SeriesSource): string {
  return sourceLabel(source) ?? source;
}

/** How the source of a whole result is written: with a derived index the premiums are still recorded. */
export function resultWord(source: SeriesSource): string {
  return source === 'derived' ? 'recorded, index derived' : sourceWord(source);
}

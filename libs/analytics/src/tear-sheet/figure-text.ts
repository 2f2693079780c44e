import { formatPaise, paise } from '@sos/domain';
import type { IntervalMetric } from '../breakdown/split-trades.js';
import type { Metric } from '../metric.js';
import type { Interval } from '../statistics/wilson.js';
import { html, type Markup } from './markup.js';

/** Paise as rupees in Indian grouping; a fraction of a paisa is rounded for display only. */
export const moneyText = (amount: number): string => formatPaise(paise(Math.round(amount)));

/** A money result in the colour of its sign. */
export const result = (amount: number): Markup =>
  html`<span class="${amount < 0 ? 'loss' : amount > 0 ? 'gain' : 'even'}">${moneyText(amount)}</span>`;

const dash = (reason: string): Markup => html`<span class="none" title="${reason}">–</span>`;

/** A figure as text, or a dash that says why there is none. */
export function figure(metric: Metric, text: (value: number) => string): Markup {
  return metric.value === null ? dash(metric.reason) : html`${text(metric.value)}`;
}

export const money = (metric: Metric): Markup => figure(metric, moneyText);
export const ratio = (metric: Metric): Markup => figure(metric, (value) => value.toFixed(2));
export const whole = (metric: Metric): Markup => figure(metric, (value) => value.toFixed(0));
export const percentText = (share: number): string => `${(100 * share).toFixed(1)} %`;
export const percent = (metric: Metric): Markup => figure(metric, percentText);

/** An interval of shares. */
export const shareInterval = (interval: Interval | null): string =>
  interval === null ? '' : `${(100 * interval.low).toFixed(0)}–${(100 * interval.high).toFixed(0)} %`;

/** An interval of money, or why there is none. */
export function moneyInterval({ interval, reason }: IntervalMetric): Markup {
  return interval === null ? dash(reason) : html`${moneyText(interval.low)} … ${moneyText(interval.high)}`;
}

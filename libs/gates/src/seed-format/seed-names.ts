import type { Unit } from '../language/units.js';

/** A word of our language with the unit it measures. */
export interface Mapped {
  readonly text: string;
  readonly unit: Unit;
}

/** Derived fields and prices of one bar. */
export const BAR_FIELDS: Readonly<Record<string, Mapped>> = {
  open: { text: 'open', unit: 'price' },
  high: { text: 'high', unit: 'price' },
  low: { text: 'low', unit: 'price' },
  close: { text: 'close', unit: 'price' },
  volume: { text: 'volume', unit: 'volume' },
  body_size: { text: 'body', unit: 'points' },
  candle_size: { text: 'range', unit: 'points' },
  range: { text: 'range', unit: 'points' },
  high_wick: { text: 'highWick', unit: 'points' },
  low_wick: { text: 'lowWick', unit: 'points' },
  typical: { text: 'typical', unit: 'price' },
};

const ATR: Mapped = { text: 'atr(14)', unit: 'points' };

/** Words that stand for one of ours; those of the bar are in BAR_FIELDS. */
export const NAMES: Readonly<Record<string, Mapped>> = {
  atr: ATR,
  'candle.atr': ATR,
  vwap: { text: 'vwap', unit: 'price' },
  'sentiment.pcr': { text: 'chain.pcr', unit: 'ratio' },
  'sentiment.pcr_velocity': { text: 'chain.pcrVelocity', unit: 'perMinute' },
  'sentiment.oi_wall_above': { text: 'chain.wallAbove', unit: 'price' },
  'sentiment.oi_wall_below': { text: 'chain.wallBelow', unit: 'price' },
  'sentiment.ce_oi_change': { text: 'chain.ceOiChange', unit: 'openInterest' },
  'sentiment.pe_oi_change': { text: 'chain.peOiChange', unit: 'openInterest' },
  'sentiment.breadth_ratio': { text: 'breadth.ratio', unit: 'ratio' },
  'screener.rvol': { text: 'screener.rvol', unit: 'ratio' },
  'vars.screener.rvol': { text: 'screener.rvol', unit: 'ratio' },
  'screener.change_from_open': { text: 'screener.changeFromOpen', unit: 'percent' },
  'vars.screener.change_from_open': { text: 'screener.changeFromOpen', unit: 'percent' },
  'regime.tp_mult': { text: 'regime.targetMultiple', unit: 'ratio' },
  'regime.buffer_atr': { text: 'regime.bufferAtr', unit: 'ratio' },
  'regime.quantity_mod': { text: 'regime.sizeMultiplier', unit: 'ratio' },
  tp_mult: { text: 'regime.targetMultiple', unit: 'ratio' },
  buffer_atr: { text: 'regime.bufferAtr', unit: 'ratio' },
};

/** Words that held nothing in the seed although its gates read them (see seed-systems.md §2.4): their expressions never were true there. */
export const DEAD_NAMES: ReadonlySet<string> = new Set([
  'atr',
  'vars.screener.rvol',
  'vars.screener.change_from_open',
  'screener.rvol',
  'screener.change_from_open',
  'sentiment.breadth_ratio',
  'sentiment.ce_oi_change',
  'sentiment.pe_oi_change',
]);

/** Words whose values are labels. */
export const LABEL_NAMES: Readonly<Record<string, 'chain.smartTrend' | 'chain.regime'>> = {
  'sentiment.smart_trend': 'chain.smartTrend',
  'sentiment.regime': 'chain.regime',
};

/** The label of ours for a text of the seed: `Long Buildup` is LONG_BUILDUP. */
export function labelOf(text: string): string {
  return text
    .trim()
    .replace(/[\s-]+/g, '_')
    .toUpperCase();
}

/** `mother_h` is motherH. */
export function camelCase(name: string): string {
  const [first = '', ...rest] = name.split('_').filter((part) => part !== '');
  const lower = first.charAt(0).toLowerCase() + first.slice(1);
  return lower + rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}

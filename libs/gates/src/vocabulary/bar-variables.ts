import type { Variable } from './variable.js';

const INDEX = 'index bar of this minute';
const price = { type: 'number', unit: 'price', low: 0.05, high: 1e7 } as const;
const points = { type: 'number', unit: 'points', low: 0, high: 1e7 } as const;
const bar = { anchor: 'bar', source: INDEX } as const;

/** Words about the bar that has just closed and the one before it. */
export const BAR_VARIABLES: readonly Variable[] = [
  { ...price, ...bar, name: 'open', description: 'Open of the bar.' },
  { ...price, ...bar, name: 'high', description: 'High of the bar.' },
  { ...price, ...bar, name: 'low', description: 'Low of the bar.' },
  { ...price, ...bar, name: 'close', description: 'Close of the bar.' },
  {
    type: 'number',
    unit: 'volume',
    low: 0,
    high: 1e12,
    name: 'volume',
    anchor: 'bar',
    source: 'volume source of the run: front future, else traded volume of the at-the-money options, else unknown',
    description: 'Units traded in this minute; an index itself has none.',
  },
  { ...price, ...bar, name: 'mid', description: 'Middle of the bar.', formula: '(high + low) / 2' },
  { ...price, ...bar, name: 'typical', description: 'Typical price of the bar.', formula: '(high + low + close) / 3' },
  { ...points, ...bar, name: 'range', description: 'High less low.', formula: 'high - low' },
  { ...points, ...bar, name: 'body', description: 'Distance of open and close.', formula: 'abs(close - open)' },
  { ...points, ...bar, name: 'highWick', description: 'High less the body.', formula: 'high - max(open, close)' },
  { ...points, ...bar, name: 'lowWick', description: 'Body less the low.', formula: 'min(open, close) - low' },
  {
    type: 'number',
    unit: 'time',
    low: 0,
    high: 1439,
    name: 'time',
    anchor: 'bar',
    source: INDEX,
    description: 'Time of day (IST) at which the bar closed: the moment of decision.',
  },
  {
    type: 'number',
    unit: 'time',
    low: 0,
    high: 1439,
    name: 'openTime',
    anchor: 'bar',
    source: INDEX,
    description: 'Time of day (IST) at which the bar opened.',
    formula: 'time - 1',
  },
  ...(['open', 'high', 'low', 'close'] as const).map((field): Variable => ({
    ...price,
    name: `prev.${field}`,
    anchor: 'session',
    source: 'previous index bar of the session',
    description: `The ${field} of the previous bar; unknown on the first bar of a session.`,
    formula: `prev(${field}, 1)`,
  })),
  {
    type: 'number',
    unit: 'volume',
    low: 0,
    high: 1e12,
    name: 'prev.volume',
    anchor: 'session',
    source: 'volume source of the run',
    description: 'Volume of the previous bar; unknown on the first bar of a session.',
    formula: 'prev(volume, 1)',
  },
];

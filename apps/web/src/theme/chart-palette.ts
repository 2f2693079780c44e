import type { Theme } from './theme.js';

/** Colours of charts. Up and down differ in shape too (hollow and filled), so that colour is never the only sign. */
export interface ChartPalette {
  readonly ground: string;
  readonly ink: string;
  readonly grid: string;
  readonly up: string;
  readonly down: string;
  readonly volume: string;
  readonly interest: string;
  readonly vwap: string;
  readonly fast: string;
  readonly slow: string;
  readonly entry: string;
  readonly wall: string;
}

const DARK: ChartPalette = {
  ground: '#10151d',
  ink: '#b8c4d4',
  grid: '#1e2733',
  up: '#5ab0ff',
  down: '#ff9d5c',
  volume: '#46566b',
  interest: '#c9a6ff',
  vwap: '#f4d35e',
  fast: '#7bdcb5',
  slow: '#e58fb1',
  entry: '#ffffff',
  wall: '#8fa3bd',
};

const LIGHT: ChartPalette = {
  ground: '#ffffff',
  ink: '#3b4656',
  grid: '#e8ecf2',
  up: '#0b5cad',
  down: '#b3400a',
  volume: '#b9c4d2',
  interest: '#6b3fb5',
  vwap: '#8a6d00',
  fast: '#0a7a55',
  slow: '#a0275f',
  entry: '#111827',
  wall: '#64748b',
};

/** The colours of a theme. */
export const chartPalette = (theme: Theme): ChartPalette => (theme === 'dark' ? DARK : LIGHT);

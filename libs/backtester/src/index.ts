export type { MarketSource } from './market-source.js';

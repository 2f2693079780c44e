import type { Protection } from './protection.js';

/** Entries of the day, pending ones included, stay within the limit. */
export const dailyTrades: Protection = {
  code: 'daily-trades',
  refuse({ state }) {
    let pending = 0;
    for (const book of state.books) pending += book.intents.length;
    const { maxTradesPerDay } = state.config;
    return state.day.entries + pending < maxTradesPerDay ? null : `${maxTradesPerDay} entries were made today`;
  },
};

import type { MarketSource } from '@sos/backtester';

/** Days of the first source where it has them, else of the second: what was recorded wins over what was simulated, and a day is never a mixture. */
export function firstKnown(first: MarketSource, second: MarketSource): MarketSource {
  return {
    async sessions(underlying, from, to) {
      const [a, b] = await Promise.all([first.sessions(underlying, from, to), second.sessions(underlying, from, to)]);
      return [...new Set([...a, ...b])].sort();
    },
    async day(underlying, date) {
      return (await first.day(underlying, date)) ?? second.day(underlying, date);
    },
    async warmUp(underlying, date, bars) {
      const own = await first.warmUp(underlying, date, bars);
      return own.length > 0 ? own : second.warmUp(underlying, date, bars);
    },
  };
}

// Written by tools/fit/spread-table.ts from 45952 NIFTY and 24655 BANKNIFTY two-sided books: the NSE chain of 2025-08-29 (NIFTY's two nearest expiries, BANKNIFTY's nearest; 09:24-15:29) and Upstox
// depth of 2025-12-15. Not by hand. The first nine minutes were not recorded: their factor is an assumption.

/** Premiums in rupees of the rows. */
export const SPREAD_PREMIUMS: readonly number[] = [1, 3, 7, 15, 35, 75, 150, 300, 600, 1200];

/** Share of the index that the strike lies in the money, of the columns; negative: out of the money. */
export const SPREAD_MONEYNESS: readonly number[] = [-0.015, -0.0075, 0.0, 0.0075, 0.015, 0.03];

/** Mean spread of NIFTY options in rupees. */
export const SPREAD_RUPEES: readonly (readonly number[])[] = [
  [0.05, 0.05, 0.05, 0.05, 0.05, 0.05],
  [0.057, 0.057, 0.057, 0.057, 0.057, 0.05],
  [0.067, 0.05, 0.05, 0.05, 0.05, 0.054],
  [0.097, 0.061, 0.05, 0.05, 0.05, 0.116],
  [0.154, 0.102, 0.088, 0.088, 0.088, 0.272],
  [0.26, 0.231, 0.162, 0.15, 0.216, 0.582],
  [0.52, 0.428, 0.365, 0.3, 0.431, 1.164],
  [1.04, 0.856, 0.776, 0.755, 0.863, 2.327],
  [2.079, 1.711, 1.552, 1.51, 2.565, 4.654],
  [4.158, 3.422, 3.105, 3.021, 5.13, 11.968],
];

/** First IST minute of each part of the day, and its spread relative to the table. */
export const SPREAD_MINUTES: readonly number[] = [555, 564, 600, 660, 780, 870, 900, 915];
export const SPREAD_OF_MINUTE: readonly number[] = [1.5, 1.024, 0.966, 0.977, 0.963, 0.968, 0.979, 0.934];

/** Spread of BANKNIFTY options relative to the table. */
export const SPREAD_OF_BANKNIFTY = 0.918;

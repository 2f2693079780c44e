/** The indices whose options SOS knows. */
export const UNDERLYINGS = ['NIFTY', 'BANKNIFTY', 'FINNIFTY', 'MIDCPNIFTY', 'SENSEX'] as const;

/** One of {@link UNDERLYINGS}. */
export type Underlying = (typeof UNDERLYINGS)[number];

/** Call (CE) or put (PE). */
export type Right = 'CE' | 'PE';

/** What a gate expects of the index. Belongs to gates; orders have a `Side`. */
export type Bias = 'bullish' | 'bearish';

/** Direction of an order. */
export type Side = 'BUY' | 'SELL';

/** True for the name of a known underlying (canonical spelling). */
export function isUnderlying(text: string): text is Underlying {
  return (UNDERLYINGS as readonly string[]).includes(text);
}

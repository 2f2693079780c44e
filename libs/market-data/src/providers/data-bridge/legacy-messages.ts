import { isAppError, type Contract } from '@sos/domain';
import { indexContract, parseUnderlying } from '@sos/symbol-master';
import { z } from 'zod';

// One bridge of old wrote ISO text.
const stamp = z.union([z.number().positive(), z.iso.datetime({ offset: true, local: true })]);
const Candle = z.looseObject({ open: z.number(), high: z.number(), low: z.number(), close: z.number() });
const OldMessage = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.enum(['CANDLE_UPDATE', 'MARKET_UPDATE']),
    timestamp: stamp,
    data: z.looseObject({ symbol: z.string(), candle: Candle }),
  }),
  z.looseObject({
    type: z.enum(['SENTIMENT_UPDATE', 'OPTION_CHAIN_UPDATE']),
    timestamp: stamp,
    data: z.looseObject({}),
  }),
]);

// The contract of old writes NIFTY_BANK, its code BANKNIFTY.
const SPELLINGS: Readonly<Record<string, string>> = { NIFTY_BANK: 'BANKNIFTY', NIFTY_50: 'NIFTY' };

/** What an old message is worth: a last price of an index, as neither the minute of its candle nor whether it is over is said. */
export interface LegacyMessage {
  readonly type: string;
  readonly quote: { readonly contract: Contract; readonly lastPrice: number; readonly at: number } | null;
}

function indexOf(symbol: string): Contract | null {
  try {
    return indexContract(parseUnderlying(SPELLINGS[symbol.toUpperCase()] ?? symbol));
  } catch (error) {
    // Its universe also held 23 shares.
    if (isAppError(error)) return null;
    throw error;
  }
}

/** Reads a message of the first bridge, which has no version; null when it is none. */
export function readLegacyMessage(value: unknown): LegacyMessage | null {
  const parsed = OldMessage.safeParse(value);
  if (!parsed.success) return null;
  const { type, timestamp, data } = parsed.data;
  if (type !== 'CANDLE_UPDATE' && type !== 'MARKET_UPDATE') return { type, quote: null };
  const { symbol, candle } = data as { symbol: string; candle: z.infer<typeof Candle> };
  const contract = indexOf(symbol);
  const at = typeof timestamp === 'number' ? timestamp : Date.parse(timestamp);
  if (contract === null || candle.close <= 0 || !Number.isFinite(at)) return { type, quote: null };
  return { type, quote: { contract, lastPrice: candle.close, at } };
}

import { LONG_BUILDUP, LONG_UNWINDING, SHORT_BUILDUP, SHORT_COVERING } from './buildup.js';

/**
 * What a contract's buildup says of the index: +1 bullish, −1 bearish, 0 neutral or unknown. Buying calls or closing written ones is bullish, as is writing
 * puts or selling bought ones: CE long buildup +, CE short covering +, CE short buildup −, CE long unwinding −, and puts the other way round.
 */
export function indexView(isCall: boolean, buildup: number): 1 | 0 | -1 {
  if (buildup === LONG_BUILDUP || buildup === SHORT_COVERING) return isCall ? 1 : -1;
  if (buildup === SHORT_BUILDUP || buildup === LONG_UNWINDING) return isCall ? -1 : 1;
  return 0;
}

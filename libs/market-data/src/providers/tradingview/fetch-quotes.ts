import type { Dialogue } from './dialogue.js';
import { QUOTE_FIELDS, QuoteCompleted, QuoteData, type TvQuote } from './tradingview-schema.js';

/** The quotes of symbols, all fields that the vendor told of each; symbols that it does not know are absent. */
export async function fetchQuotes(
  dialogue: Dialogue,
  session: string,
  symbols: readonly string[],
): Promise<ReadonlyMap<string, TvQuote>> {
  dialogue.call('quote_create_session', [session]);
  dialogue.call('quote_set_fields', [session, ...QUOTE_FIELDS]);
  dialogue.call('quote_add_symbols', [session, ...symbols, { flags: ['force_permission'] }]);
  const open = new Set(symbols);
  const quotes = new Map<string, TvQuote>();
  while (open.size > 0) {
    const { method, params } = await dialogue.next();
    if (params[0] !== session) continue;
    if (method === 'qsd') {
      const [, { n, s, v }] = QuoteData.parse(params);
      if (s !== 'ok') open.delete(n);
      else quotes.set(n, { ...quotes.get(n), ...v });
    } else if (method === 'quote_completed') {
      open.delete(QuoteCompleted.parse(params)[1]);
    }
  }
  return quotes;
}

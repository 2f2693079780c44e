import { AppError, UNDERLYINGS, didYouMean, isUnderlying, type Underlying } from '@sos/domain';

// What vendors call the indices: never accepted, only used to point at the right word.
const VENDOR_SPELLINGS: Readonly<Record<string, Underlying>> = {
  NIFTY50: 'NIFTY',
  NSEI: 'NIFTY',
  CNXNIFTY: 'NIFTY',
  NIFTYBANK: 'BANKNIFTY',
  NSEBANK: 'BANKNIFTY',
  BNF: 'BANKNIFTY',
  NIFTYFINSERVICE: 'FINNIFTY',
  CNXFINANCE: 'FINNIFTY',
  NIFTYMIDSELECT: 'MIDCPNIFTY',
  NIFTYMIDCAPSELECT: 'MIDCPNIFTY',
  BSESENSEX: 'SENSEX',
  SENSEX30: 'SENSEX',
};

/** ` (did you mean …?)` for a wrong underlying, or an empty string. */
export function suggestUnderlying(text: string): string {
  const bare = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const known = VENDOR_SPELLINGS[bare];
  return known === undefined ? didYouMean(bare, UNDERLYINGS) : ` (did you mean ${known}?)`;
}

/**
 * The underlying that a person typed, in any case; vendors' own spellings (`Nifty 50`, `NIFTY BANK`) are refused with a suggestion.
 * @throws SOS_UNKNOWN_SYMBOL
 */
export function parseUnderlying(text: string): Underlying {
  const upper = text.trim().toUpperCase();
  if (isUnderlying(upper)) return upper;
  throw new AppError(
    'SOS_UNKNOWN_SYMBOL',
    `expected one of ${UNDERLYINGS.join(', ')}, found "${text}"${suggestUnderlying(text)}`,
    { context: { text } },
  );
}

import { AppError } from '@sos/domain';

/** The error of a vendor symbol that names no known contract. @param grammar what was expected, in the vendor's own form */
export function unknownVendorSymbol(vendor: string, grammar: string, text: string): AppError {
  return new AppError('SOS_UNKNOWN_SYMBOL', `expected a ${vendor} symbol like ${grammar}, found "${text}"`, {
    context: { vendor, text },
  });
}

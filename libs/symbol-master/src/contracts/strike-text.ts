import { AppError } from '@sos/domain';

/** Strikes as every grammar writes them: no leading or trailing zeros, at most two decimals. */
export const STRIKE_PATTERN = '[1-9]\\d*(?:\\.\\d?[1-9])?|0\\.\\d?[1-9]';

/** Text of a strike, `25700` or `292.5`. @throws SOS_INPUT unless it is above 0 with at most two decimals */
export function strikeText(strike: number): string {
  const text = String(strike);
  if (!(strike > 0) || !/^\d+(?:\.\d{1,2})?$/.test(text))
    throw new AppError('SOS_INPUT', `expected a strike above 0 with at most two decimals, found ${text}`);
  return text;
}

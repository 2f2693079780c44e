import { SPLIT_DIMENSIONS, type SplitDimension } from '@sos/analytics';
import { AppError, didYouMean } from '@sos/domain';
import { parseList } from '../options/lists.js';

/** Dimensions of `--split gate,regime,weekday`. @throws SOS_INPUT with the nearest one */
export function parseSplit(text: string): SplitDimension[] {
  const names = parseList(text);
  if (names.length === 0)
    throw new AppError('SOS_INPUT', `expected --split with some of ${SPLIT_DIMENSIONS.join(', ')}, found none`);
  return names.map((name) => {
    const found = SPLIT_DIMENSIONS.find((one) => one.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
    throw new AppError(
      'SOS_INPUT',
      `expected --split with some of ${SPLIT_DIMENSIONS.join(', ')}, found "${name}"${didYouMean(name, SPLIT_DIMENSIONS)}`,
    );
  });
}

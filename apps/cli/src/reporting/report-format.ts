import { AppError, didYouMean } from '@sos/domain';

const FORMATS = ['table', 'html', 'csv', 'json'] as const;

/** How a report is written. */
export type ReportFormat = (typeof FORMATS)[number];

/** @throws SOS_INPUT with the nearest one */
export function parseFormat(text: string): ReportFormat {
  const found = FORMATS.find((f) => f === text);
  if (found !== undefined) return found;
  throw new AppError(
    'SOS_INPUT',
    `expected --format ${FORMATS.join(', ')}, found "${text}"${didYouMean(text, FORMATS)}`,
  );
}

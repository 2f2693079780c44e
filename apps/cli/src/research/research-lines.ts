import type { SeriesSource } from '@sos/domain';
import type { TrialCount } from '@sos/store';
import { resultWord } from '../render/format-figures.js';
import type { Palette } from '../terminal/palette.js';

/** First lines of every research command: what the numbers rest on. */
export function researchHead(
  { title, source, stamp }: { readonly title: string; readonly source: SeriesSource; readonly stamp: string | null },
  palette: Palette,
): string[] {
  const word = resultWord(source);
  const isPlain = source === 'recorded' || source === 'derived';
  const banner = isPlain ? [] : [palette.warning(`*** ${word}: these results do not rest on recorded prices alone`)];
  return [...banner, ...(stamp === null ? [] : [palette.warning(stamp)]), palette.title(`[data: ${word}] ${title}`)];
}

/** What the results are deflated by. */
export function trialsLine({ trials, deleted }: TrialCount): string {
  const gone = deleted > 0 ? ` (${deleted.toLocaleString('en-IN')} more were deleted from the ledger)` : '';
  return `deflated by ${trials.toLocaleString('en-IN')} trials on overlapping data${gone}; see sos trials`;
}

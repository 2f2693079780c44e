import { weakestSource, type SeriesSource } from '@sos/domain';
import type { SessionReplay } from '../replay/replay-day.js';
import type { SessionCoverage } from '../run-result.js';

/** What a replayed session could use of what should have been there. */
export function sessionCoverage({ stream }: SessionReplay, expectedBars: number): SessionCoverage {
  const { tape, volume } = stream;
  const premiums = [...stream.usedSeries].map((series) => series.source);
  const indexBars = tape.index.length;
  return {
    underlying: tape.underlying,
    date: tape.date,
    expectedBars,
    indexBars,
    chainSnapshots: tape.chains.reduce((sum, chain) => sum + chain.length, 0),
    chainShare: indexBars === 0 ? 0 : stream.freshMinutes / indexBars,
    indexSource: tape.indexSource,
    premiumSource: premiums.length === 0 ? null : weakestSource(premiums),
    volumeSource: volume.known > 0 ? volume.source : 'none',
    origins: tape.origins,
  };
}

/** Every source that a replayed session rests on: index, chains, and the premiums that were asked for. */
export function sourcesOf({ stream }: SessionReplay): SeriesSource[] {
  const { tape, usedSeries } = stream;
  const premiums = [...usedSeries].map((series) => series.source);
  return [tape.indexSource, ...tape.chains.map((chain) => chain.source), ...premiums];
}

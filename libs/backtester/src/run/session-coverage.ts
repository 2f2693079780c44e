import { weakestSource, type SeriesSource } from '@sos/domain';
import type { MarketRules } from '@sos/engine';
import type { SessionReplay } from '../replay/replay-day.js';
import type { SessionCoverage } from '../run-result.js';

const MS_PER_MINUTE = 60_000;

/** What a replayed session could use of what should have been there under the law of the run. */
export function sessionCoverage({ stream }: SessionReplay, rules: MarketRules): SessionCoverage {
  const { tape, volume } = stream;
  const premiums = optionSources(stream);
  const indexBars = tape.index.length;
  return {
    underlying: tape.underlying,
    date: tape.date,
    expectedBars: minutesOf(rules, tape),
    indexBars,
    chainSnapshots: tape.chains.reduce((sum, chain) => sum + chain.length, 0),
    chainShare: indexBars === 0 ? 0 : stream.freshMinutes / indexBars,
    indexSource: tape.indexSource,
    premiumSource: premiums.length === 0 ? null : weakestSource(premiums),
    volumeSource: volume.known > 0 ? volume.source : 'none',
    origins: tape.origins,
  };
}

function minutesOf(rules: MarketRules, { underlying, date }: SessionReplay['stream']['tape']): number {
  const { open, close, minutes } = rules.session(underlying, date);
  return minutes ?? (close - open) / MS_PER_MINUTE;
}

/** Where option data of a session came from: what the gates read of the chain counts, also on a day without a trade. */
function optionSources({ tape, usedSeries }: SessionReplay['stream']): SeriesSource[] {
  return [...tape.chains.map((chain) => chain.source), ...[...usedSeries].map((series) => series.source)];
}

/** Every source that a replayed session rests on: index, chains, and the premiums that were asked for. */
export function sourcesOf({ stream }: SessionReplay): SeriesSource[] {
  return [stream.tape.indexSource, ...optionSources(stream)];
}
